//! Waiting for the signals that stop a program.

use std::io;

use tokio::runtime::Runtime;

/// Listens for the signals that stop a program: an interrupt, and on Unix a termination.
pub(super) struct Stop {
    runtime: Runtime,
    #[cfg(unix)]
    terminated: tokio::signal::unix::Signal,
}

impl Stop {
    pub(super) fn listen() -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        #[cfg(unix)]
        let terminated = {
            let _within = runtime.enter();
            tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?
        };
        Ok(Self {
            runtime,
            #[cfg(unix)]
            terminated,
        })
    }

    /// Waits until one of them has come.
    #[cfg(unix)]
    pub(super) fn wait(mut self) {
        self.runtime.block_on(async {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = self.terminated.recv() => {}
            }
        });
    }

    /// Waits until it has come.
    #[cfg(not(unix))]
    pub(super) fn wait(self) {
        // Without a signal to wait for there is nothing but to stop.
        let _ = self.runtime.block_on(tokio::signal::ctrl_c());
    }
}
