//! On which line of a text file each row starts.

/// Runs of rows that follow one another line by line: the first row of each with its line.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lines(Vec<(usize, u64)>);

impl Lines {
    /// Adds the next row.
    pub(crate) fn push(&mut self, row: usize, line: u64) {
        if self.of(row) != Some(line) {
            self.0.push((row, line));
        }
    }

    /// The line on which a row starts; `None` where no text was read.
    pub(crate) fn of(&self, row: usize) -> Option<u64> {
        let run = self.0.partition_point(|(first, _)| *first <= row).checked_sub(1)?;
        let (first, line) = self.0[run];
        Some(line + (row - first) as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_lines_across_blank_lines_and_breaks_in_quotes() {
        let starts = [2, 3, 4, 7, 8, 10, 11];
        let mut lines = Lines::default();
        assert_eq!(lines.of(0), None);
        starts.iter().enumerate().for_each(|(row, line)| lines.push(row, *line));
        assert_eq!(lines.0.len(), 3);
        starts.iter().enumerate().for_each(|(row, line)| assert_eq!(lines.of(row), Some(*line)));
    }
}
