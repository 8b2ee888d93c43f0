//! Classes of medicines by the codes of the British National Formulary.
//!
//! ```text
//! 0501013K0AAAJAJ   chapter 05, section 0501, paragraph 050101, chemical 0501013K0,
//!                   product AA (the generic; anything else is a brand), presentation AJAJ
//! ```
//!
//! The evaluation names its seven prescribing indicators and no codes. The classes below are those of
//! the national indicators of the time: antibacterials and hypnotics as the prescribing units weigh
//! them, broad-spectrum antibacterials and first-choice NSAIDs as in NICE key therapeutic topics.

/// Whether a class holds brands, generics or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Branding {
    /// Both.
    Any,
    /// Prescribed by the name of a brand.
    Branded,
    /// Prescribed by the generic name.
    Generic,
}

/// A class of medicines: codes that begin with one of some prefixes and with none of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct BnfClass {
    /// Short name.
    pub name: &'static str,
    /// What codes begin with.
    pub prefixes: &'static [&'static str],
    /// What they do not begin with.
    pub except: &'static [&'static str],
    /// Brands, generics or both.
    pub branding: Branding,
}

/// Chapters whose codes tell brands from generics; later ones are appliances.
const MEDICINES: &[&str] =
    &["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "15"];

impl BnfClass {
    /// Everything prescribed.
    pub const ALL: BnfClass = class("all", &[""], &[]);
    /// Antibacterials, without medicines for tuberculosis and leprosy.
    pub const ANTIBACTERIALS: BnfClass = class("antibacterials", &["0501"], &["050109", "050110"]);
    /// Co-amoxiclav, cephalosporins and quinolones.
    pub const BROAD_SPECTRUM: BnfClass = class("broad_spectrum", &["0501013K0", "0501021", "050112"], &[]);
    /// Hypnotics.
    pub const HYPNOTICS: BnfClass = class("hypnotics", &["040101"], &[]);
    /// Non-steroidal anti-inflammatory medicines.
    pub const NSAIDS: BnfClass = class("nsaids", &["100101"], &[]);
    /// Ibuprofen and naproxen.
    pub const IBUPROFEN_NAPROXEN: BnfClass = class("ibuprofen_naproxen", &["1001010J0", "1001010P0"], &[]);
    /// Medicines prescribed by brand.
    pub const BRANDED: BnfClass =
        BnfClass { branding: Branding::Branded, ..class("branded", MEDICINES, &[]) };
    /// Medicines prescribed by generic name.
    pub const GENERIC: BnfClass =
        BnfClass { branding: Branding::Generic, ..class("generic", MEDICINES, &[]) };

    /// Whether a code is in it.
    ///
    /// # Example
    /// ```
    /// use ceteris_data::nhs::BnfClass;
    /// assert!(BnfClass::BROAD_SPECTRUM.holds("0501013K0AAAJAJ"));
    /// assert!(BnfClass::GENERIC.holds("0501013K0AAAJAJ"));
    /// assert!(!BnfClass::BRANDED.holds("0501013K0AAAJAJ"));
    /// ```
    pub fn holds(&self, code: &str) -> bool {
        let begins = |prefixes: &[&str]| prefixes.iter().any(|prefix| code.starts_with(prefix));
        self.branding.holds(code) && begins(self.prefixes) && !begins(self.except)
    }
}

impl Branding {
    fn holds(self, code: &str) -> bool {
        /// Place of the product in a code, and what stands there for the generic.
        const PRODUCT: std::ops::Range<usize> = 9..11;
        const GENERIC: &str = "AA";
        match (self, code.get(PRODUCT)) {
            (Branding::Any, _) => true,
            (Branding::Branded, Some(product)) => product != GENERIC,
            (Branding::Generic, Some(product)) => product == GENERIC,
            (_, None) => false,
        }
    }
}

const fn class(
    name: &'static str,
    prefixes: &'static [&'static str],
    except: &'static [&'static str],
) -> BnfClass {
    BnfClass { name, prefixes, except, branding: Branding::Any }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_is_its_prefixes_less_the_exceptions() {
        assert!(BnfClass::ANTIBACTERIALS.holds("0501130R0AAAAAA"));
        assert!(!BnfClass::ANTIBACTERIALS.holds("0501090K0AAAAAA"));
        assert!(BnfClass::ALL.holds("21480000100"));
    }

    #[test]
    fn a_code_without_a_product_is_neither_brand_nor_generic() {
        for class in [BnfClass::BRANDED, BnfClass::GENERIC] {
            assert!(!class.holds("0501013K0"));
            assert!(!class.holds("21480000100"));
        }
        assert!(BnfClass::BRANDED.holds("0407020Q0BCAGCN"));
    }
}
