//! What the TLS of the operating system takes to be compiled.

use std::process::{Command, Stdio};

/// Whether the feature `native-tls` can be compiled here.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NativeTls {
    Available,
    /// Left out, with the reason.
    LeftOut(String),
    /// CI has to have it.
    Missing(String),
}

impl NativeTls {
    pub(super) fn here() -> Self {
        // Other systems bring their own TLS library.
        let is_found = !cfg!(target_os = "linux") || finds_openssl();
        Self::judge(is_found, std::env::var_os("CI").is_some())
    }

    fn judge(is_found: bool, is_ci: bool) -> Self {
        let reason = "it takes OpenSSL's headers and pkg-config (on Debian and Ubuntu: apt-get \
                      install libssl-dev pkg-config)"
            .to_owned();
        match (is_found, is_ci) {
            (true, _) => Self::Available,
            (false, false) => Self::LeftOut(reason),
            (false, true) => Self::Missing(reason),
        }
    }
}

fn finds_openssl() -> bool {
    let mut command = Command::new("pkg-config");
    command.args(["--exists", "openssl"]);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_left_out_with_a_reason_but_never_in_ci() {
        assert_eq!(NativeTls::judge(true, false), NativeTls::Available);
        assert_eq!(NativeTls::judge(true, true), NativeTls::Available);
        for (is_ci, expected) in [(false, "LeftOut"), (true, "Missing")] {
            let text = format!("{:?}", NativeTls::judge(false, is_ci));
            assert!(
                text.starts_with(expected) && text.contains("libssl-dev pkg-config"),
                "{text}"
            );
        }
    }
}
