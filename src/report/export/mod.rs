//! The tables of a run in the forms of other programs: for spreadsheets, notebooks and networks.

mod csv;
mod dot;
mod graph;
#[cfg(feature = "parquet")]
mod parquet;
mod schema;
mod xml;

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use super::draft::write_file;
use super::filed::Filed;
use crate::error::Result;

use self::schema::TABLES;

/// A table as a file of another form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    /// Comma-separated values; what is a list is JSON in its cell.
    Csv,
    /// Apache Parquet; what is a list is a list.
    #[cfg(feature = "parquet")]
    Parquet,
}

impl TableFormat {
    /// The names of the files that it makes of a run.
    pub fn files(self) -> Vec<String> {
        let extension = match self {
            Self::Csv => "csv",
            #[cfg(feature = "parquet")]
            Self::Parquet => "parquet",
        };
        TABLES.iter().map(|table| format!("{}.{extension}", table.name)).collect()
    }

    /// Writes every table of a run into a folder that is there.
    pub fn write(self, filed: &Filed, folder: &Path) -> Result<()> {
        for (table, file) in TABLES.iter().zip(self.files()) {
            let path = folder.join(file);
            match self {
                Self::Csv => write_file(&path, |out| csv::write(filed, table, &path, out))?,
                #[cfg(feature = "parquet")]
                Self::Parquet => write_file(&path, |out| parquet::write(filed, table, &path, out))?,
            }
        }
        Ok(())
    }
}

/// The articles of a run as a network: who took from whom, and who shares what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GraphFormat {
    /// GEXF 1.3, for Gephi.
    Gexf,
    /// `GraphML`, for networkx, igraph, yEd, Cytoscape.
    GraphMl,
    /// DOT, for Graphviz.
    Dot,
}

impl GraphFormat {
    /// Writes the network of a run to `out`, which is called `path` should it fail.
    pub fn write(self, filed: &Filed, path: &Path, out: &mut BufWriter<File>) -> Result<()> {
        let graph = graph::Graph::of(filed)?;
        let written = match self {
            Self::Gexf => xml::gexf(&graph, out),
            Self::GraphMl => xml::graphml(&graph, out),
            Self::Dot => dot::write(&graph, out),
        };
        written.map_err(crate::error::Error::io(path))
    }
}
