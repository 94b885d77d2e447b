//! Other programs that look for articles that are alike: the scripts that run them, and what they leave out.

use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use crate::error::{Error, Result};

/// A program that is measured on the same articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Peer {
    /// A package of Python with a script of ours.
    Package(Package),
    /// Any program; of its words `{file}` stands for the articles (JSON lines with `id` and `text`) and
    /// `{out}` for the file it writes its pairs to, two ids a line with a tab between.
    Command {
        /// What it is called.
        name: String,
        /// The program and its arguments.
        words: Vec<String>,
    },
}

/// A package of Python that finds articles that are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Package {
    /// MinHash and an index, in Python with numpy.
    Datasketch,
    /// The same in Rust.
    Rensa,
    /// The same in Rust, words included.
    Gaoya,
    /// A query engine in Rust that knows MinHash.
    Daft,
}

impl Package {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Datasketch, Self::Rensa, Self::Gaoya, Self::Daft];

    /// What it is called, by its users and by pip.
    pub fn name(self) -> &'static str {
        match self {
            Self::Datasketch => "datasketch",
            Self::Rensa => "rensa",
            Self::Gaoya => "gaoya",
            Self::Daft => "daft",
        }
    }

    /// The line that installs it.
    pub fn install(self) -> String {
        format!("pip install {}", self.name())
    }

    fn script(self) -> &'static str {
        match self {
            Self::Datasketch => include_str!("peers/datasketch.py"),
            Self::Rensa => include_str!("peers/rensa.py"),
            Self::Gaoya => include_str!("peers/gaoya.py"),
            Self::Daft => include_str!("peers/daft.py"),
        }
    }
}

impl FromStr for Peer {
    type Err = String;

    /// A package by its name, or `NAME=COMMAND`, whose words spaces part.
    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let known = |name: &str| Package::ALL.into_iter().find(|package| package.name() == name);
        if let Some((name, command)) = text.split_once('=') {
            let words: Vec<String> = command.split_whitespace().map(str::to_owned).collect();
            let lacks = |what: &&&str| !words.iter().any(|word| word.contains(**what));
            return match ["{file}", "{out}"].iter().find(lacks) {
                Some(lacking) => Err(format!("the command of {name} has no {lacking}")),
                None => Ok(Self::Command { name: name.to_owned(), words }),
            };
        }
        known(text).map(Self::Package).ok_or_else(|| {
            let names = Package::ALL.map(Package::name).join(", ");
            format!("it takes {names}, or NAME=COMMAND {{file}} {{out}}")
        })
    }
}

impl Peer {
    /// What it is called.
    pub fn name(&self) -> &str {
        match self {
            Self::Package(package) => package.name(),
            Self::Command { name, .. } => name,
        }
    }
}

/// What all packages leave out.
pub const LEFT_OUT: &str = "They compare whole articles by estimate: they verify no pair, find no passages, \
    quotations or boilerplate, and attribute nothing.";

/// The scripts of all packages, written to a folder.
#[derive(Debug)]
pub struct Scripts(PathBuf);

impl Scripts {
    /// Writes them.
    pub fn write(folder: &Path) -> Result<Self> {
        let own = Package::ALL.map(|package| (package.name(), package.script()));
        let shared = [
            ("pairs", include_str!("peers/pairs.py")),
            ("versions", include_str!("peers/versions.py")),
        ];
        for (name, script) in own.into_iter().chain(shared) {
            let path = folder.join(format!("{name}.py"));
            fs::write(&path, script).map_err(Error::io(path))?;
        }
        Ok(Self(folder.to_owned()))
    }

    /// The script of a package.
    pub fn path(&self, package: Package) -> PathBuf {
        self.0.join(format!("{}.py", package.name()))
    }

    /// The script that prints which packages there are, each with its version after a tab.
    pub fn versions(&self) -> PathBuf {
        self.0.join("versions.py")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peers_are_named_or_given_as_commands() {
        assert_eq!("rensa".parse(), Ok(Peer::Package(Package::Rensa)));
        let Ok(Peer::Command { name, words }) = "mine=run --fast {file} {out}".parse() else {
            panic!("a command");
        };
        assert_eq!((name.as_str(), words.len()), ("mine", 4));
        assert_eq!(
            "mine=run {file}".parse::<Peer>(),
            Err("the command of mine has no {out}".to_owned())
        );
        assert!("passim".parse::<Peer>().unwrap_err().contains("datasketch, rensa"));
    }
}
