//! Which decree, by name or by day. A new decree is a new table file and a line here.

use crate::base::Date;
use crate::law::decree_59;
use crate::law::decree_69;
use crate::law::rules::Rules;

/// A decree on electronic identification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decree {
    /// Decree 59/2022/ND-CP.
    Nd59,
    /// Decree 69/2024/ND-CP.
    Nd69,
}

impl Decree {
    /// All decrees, oldest first; so `Nd59 < Nd69` says which is newer.
    pub const ALL: [Self; 2] = [Self::Nd59, Self::Nd69];

    /// Its table.
    pub const fn rules(self) -> &'static Rules {
        match self {
            Self::Nd59 => &decree_59::RULES,
            Self::Nd69 => &decree_69::RULES,
        }
    }

    /// Its name in policy, credential and report.
    pub const fn name(self) -> &'static str {
        self.rules().name
    }

    /// Reads the name.
    ///
    /// ```
    /// use eid_verifier::law::Decree;
    /// assert_eq!(Decree::parse("ND69-2024"), Some(Decree::Nd69));
    /// assert_eq!(Decree::parse("nd69-2024"), None);
    /// ```
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|decree| decree.name() == name)
    }

    /// The first day in force.
    pub fn in_force_from(self) -> Option<Date> {
        let (year, month, day) = self.rules().from;
        Date::new(year, month, day)
    }

    /// The last day in force, if it is over.
    pub fn in_force_until(self) -> Option<Date> {
        let (year, month, day) = self.rules().until?;
        Date::new(year, month, day)
    }

    /// The decree in force on a day (in Viet Nam).
    ///
    /// ```
    /// use eid_verifier::{base::Date, law::Decree};
    /// let on = |text| Date::parse(text).and_then(Decree::in_force_on);
    /// assert_eq!(on("2024-06-30"), Some(Decree::Nd59));
    /// assert_eq!(on("2024-07-01"), Some(Decree::Nd69));
    /// assert_eq!(on("2022-10-19"), None);
    /// ```
    pub fn in_force_on(day: Date) -> Option<Self> {
        let began = |decree: &Self| decree.in_force_from().is_some_and(|from| from <= day);
        let stands = |decree: &Self| decree.in_force_until().is_none_or(|until| day <= until);
        Self::ALL.into_iter().find(|decree| began(decree) && stands(decree))
    }
}
