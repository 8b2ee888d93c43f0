//! Calendar days, as the organisation files write them: `20130401`.

use std::fmt;
use std::str::FromStr;

/// A calendar day. Later days are greater.
///
/// # Example
/// ```
/// use ceteris_data::nhs::Day;
/// let day: Day = "20130401".parse()?;
/// assert_eq!(day, Day::REFORM);
/// assert_eq!(day.to_string(), "2013-04-01");
/// assert_eq!("2012-03-31".parse(), Ok(Day::END_OF_2011_12));
/// assert!("20130230".parse::<Day>().is_err());
/// # Ok::<(), ceteris_data::nhs::NotADay>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

/// Text that is no calendar day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a day must be written as 20130401 or 2013-04-01")]
pub struct NotADay;

impl Day {
    /// Last day of the financial year 2011/12: membership of primary care trusts is taken here.
    pub const END_OF_2011_12: Day = Day { year: 2012, month: 3, day: 31 };
    /// 1 April 2013: commissioning groups take over from primary care trusts.
    pub const REFORM: Day = Day { year: 2013, month: 4, day: 1 };

    /// Days of its month (Gregorian calendar).
    fn days_of_month(year: u16, month: u8) -> u8 {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        match month {
            2 => 28 + u8::from(leap),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }
}

impl FromStr for Day {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, NotADay> {
        let bytes = text.as_bytes();
        let (month_at, day_at) = match bytes.len() {
            8 => (4, 6),
            10 if bytes[4] == b'-' && bytes[7] == b'-' => (5, 8),
            _ => return Err(NotADay),
        };
        let number = |at: usize, length: usize| {
            let digits = &bytes[at..at + length];
            let all = digits.iter().all(u8::is_ascii_digit);
            let value =
                digits.iter().fold(0_u16, |sum, digit| 10 * sum + u16::from(digit.wrapping_sub(b'0')));
            if all { Ok(value) } else { Err(NotADay) }
        };
        let (year, month, day) = (number(0, 4)?, number(month_at, 2)? as u8, number(day_at, 2)? as u8);
        let exists = (1..=12).contains(&month) && (1..=Self::days_of_month(year, month)).contains(&day);
        if exists { Ok(Self { year, month, day }) } else { Err(NotADay) }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for text in ["", "2013041", "20131301", "20130431", "19000229", "2013-0401", "2013/04/01", "2013040x"]
        {
            assert_eq!(text.parse::<Day>(), Err(NotADay), "{text}");
        }
        assert!("20000229".parse::<Day>().is_ok());
    }

    #[test]
    fn later_days_are_greater() {
        assert!(Day::END_OF_2011_12 < Day::REFORM);
        assert!("20130331".parse::<Day>().expect("a day") < Day::REFORM);
    }
}
