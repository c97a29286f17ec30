//! The small closed sets of the API, with their words on the wire.

/// Declares an enum whose variants have one word each.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:tt),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Deserialize, serde::Serialize, utoipa::ToSchema,
        )]
        #[non_exhaustive]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every value.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The value of a word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

words! {
    /// A permission that the user granted.
    Permission {
        /// `balances`
        Balances = "balances",
        /// `ownership`
        Ownership = "ownership",
        /// `payment_method`
        PaymentMethod = "payment_method",
        /// `transactions`
        Transactions = "transactions",
    }
}

words! {
    /// A feature that can be refreshed. It is `balance` here, and `balances` as a permission.
    Feature {
        /// `balance`
        Balance = "balance",
        /// `ownership`
        Ownership = "ownership",
        /// `transactions`
        Transactions = "transactions",
    }
}

impl Feature {
    /// The permission that a refresh needs.
    #[must_use]
    pub const fn permission(self) -> Permission {
        match self {
            Self::Balance => Permission::Balances,
            Self::Ownership => Permission::Ownership,
            Self::Transactions => Permission::Transactions,
        }
    }
}

words! {
    /// Whether an account's data can be fetched.
    Status {
        /// Data can be fetched.
        Active = "active",
        /// The connection is broken until the user links again.
        Inactive = "inactive",
        /// The connection has ended.
        Disconnected = "disconnected",
    }
}

words! {
    /// The progress of a transaction.
    TransactionStatus {
        /// Not settled yet.
        Pending = "pending",
        /// Settled.
        Posted = "posted",
        /// Cancelled before it settled.
        Void = "void",
    }
}

words! {
    /// The state of a refresh.
    RefreshStatus {
        /// Pending.
        Pending = "pending",
        /// Succeeded: the data is there.
        Succeeded = "succeeded",
        /// Failed: there is no new data.
        Failed = "failed",
    }
}

words! {
    /// The cause of an expected deactivation.
    DeactivationCause {
        /// The bank's consent expires.
        AccessExpired = "access_expired",
        /// The bank asks the user to log in again.
        InstitutionRequirement = "institution_requirement",
        /// No cause is given.
        Unspecified = "unspecified",
    }
}

words! {
    /// Whether an account number can be paid from.
    AccountNumberStatus {
        /// No longer: deactivated by the bank.
        Deactivated = "deactivated",
        /// No longer: expired.
        Expired = "expired",
        /// Not yet.
        Pending = "pending",
        /// Yes.
        Transactable = "transactable",
    }
}

words! {
    /// A payment method that an account supports.
    PaymentMethodType {
        /// Link.
        Link = "link",
        /// ACH debit.
        UsBankAccount = "us_bank_account",
    }
}

/// A category with one of the subcategories that go with it, so that an impossible pair cannot be
/// made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize, serde::Serialize)]
#[non_exhaustive]
pub enum AccountKind {
    /// cash, checking
    Checking,
    /// cash, savings
    Savings,
    /// cash, other
    OtherCash,
    /// credit, credit_card
    CreditCard,
    /// credit, line_of_credit
    LineOfCredit,
    /// credit, mortgage
    Mortgage,
    /// credit, other
    OtherCredit,
    /// investment, other
    Investment,
    /// other, other
    Other,
}

impl AccountKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Checking,
        Self::Savings,
        Self::OtherCash,
        Self::CreditCard,
        Self::LineOfCredit,
        Self::Mortgage,
        Self::OtherCredit,
        Self::Investment,
        Self::Other,
    ];

    /// The category's word.
    #[must_use]
    pub const fn category(self) -> &'static str {
        match self {
            Self::Checking | Self::Savings | Self::OtherCash => "cash",
            Self::CreditCard | Self::LineOfCredit | Self::Mortgage | Self::OtherCredit => "credit",
            Self::Investment => "investment",
            Self::Other => "other",
        }
    }

    /// The subcategory's word.
    #[must_use]
    pub const fn subcategory(self) -> &'static str {
        match self {
            Self::Checking => "checking",
            Self::Savings => "savings",
            Self::CreditCard => "credit_card",
            Self::LineOfCredit => "line_of_credit",
            Self::Mortgage => "mortgage",
            Self::OtherCash | Self::OtherCredit | Self::Investment | Self::Other => "other",
        }
    }

    /// Whether ACH debits are possible: checking and savings only.
    #[must_use]
    pub const fn allows_ach(self) -> bool {
        matches!(self, Self::Checking | Self::Savings)
    }

    /// The kind of a category and a subcategory.
    #[must_use]
    pub fn from_words(category: &str, subcategory: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.category() == category && kind.subcategory() == subcategory)
    }
}

words! {
    /// The form in which a webhook gets events.
    EventStyle {
        /// The event with its object.
        Snapshot = "snapshot",
        /// The event with a reference to its object.
        Thin = "thin",
    }
}
