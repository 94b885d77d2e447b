//! Tables as Apache Parquet.

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::Path;
use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Float64Array, Int64Array, ListArray, RecordBatch, StringArray,
    StructArray,
};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{DataType, Field, Fields, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use serde_json::Value;

use super::schema::{Column, Table, Type};
use crate::error::{Error, Result};
use crate::report::filed::Filed;

/// Rows held at a time: texts of some kilobytes each.
const BATCH: usize = 4096;

pub(super) fn write(
    filed: &Filed,
    table: &Table,
    path: &Path,
    out: &mut BufWriter<File>,
) -> Result<()> {
    let schema = Arc::new(Schema::new(fields(table.columns)));
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .build();
    let failed = |error: parquet::errors::ParquetError| Error::io(path)(io::Error::other(error));
    let mut writer =
        ArrowWriter::try_new(out, Arc::clone(&schema), Some(properties)).map_err(failed)?;
    let mut rows = table.rows(filed)?;
    loop {
        let batch: Vec<Value> = rows.by_ref().take(BATCH).collect::<Result<_>>()?;
        if batch.is_empty() {
            break;
        }
        let values: Vec<Option<&Value>> = batch.iter().map(Some).collect();
        let columns = columns(table.columns, &values);
        let batch = RecordBatch::try_new(Arc::clone(&schema), columns)
            .map_err(|error| Error::io(path)(io::Error::other(error)))?;
        writer.write(&batch).map_err(failed)?;
    }
    writer.close().map_err(failed)?;
    Ok(())
}

fn fields(columns: &[Column]) -> Fields {
    columns.iter().map(|Column(name, kind)| Field::new(*name, data_type(kind), true)).collect()
}

fn data_type(kind: &Type) -> DataType {
    match kind {
        Type::Text => DataType::Utf8,
        Type::Count => DataType::Int64,
        Type::Real => DataType::Float64,
        Type::Flag => DataType::Boolean,
        Type::List(of) => DataType::List(element(of)),
        Type::Row(columns) => DataType::Struct(fields(columns)),
    }
}

fn element(of: &Type) -> Arc<Field> {
    Arc::new(Field::new_list_field(data_type(of), true))
}

/// The columns of rows, of which some may be missing.
fn columns(columns: &[Column], rows: &[Option<&Value>]) -> Vec<ArrayRef> {
    let column = |Column(name, kind): &Column| {
        let values: Vec<_> = rows.iter().map(|row| row.and_then(|row| row.get(*name))).collect();
        array(kind, &values)
    };
    columns.iter().map(column).collect()
}

/// Values of one type as a column; null where there is none.
fn array(kind: &Type, values: &[Option<&Value>]) -> ArrayRef {
    let each = || values.iter().copied();
    let is_there = || -> NullBuffer {
        each().map(|value| value.is_some_and(|value| !value.is_null())).collect()
    };
    match kind {
        Type::Text => Arc::new(each().map(|v| v.and_then(Value::as_str)).collect::<StringArray>()),
        Type::Count => Arc::new(each().map(|v| v.and_then(Value::as_i64)).collect::<Int64Array>()),
        Type::Real => Arc::new(each().map(|v| v.and_then(Value::as_f64)).collect::<Float64Array>()),
        Type::Flag => {
            Arc::new(each().map(|v| v.and_then(Value::as_bool)).collect::<BooleanArray>())
        }
        Type::List(of) => {
            let lists = || each().map(|value| value.and_then(Value::as_array));
            let lengths = lists().map(|list| list.map_or(0, Vec::len));
            let offsets = OffsetBuffer::from_lengths(lengths);
            let elements: Vec<Option<&Value>> = lists().flatten().flatten().map(Some).collect();
            Arc::new(ListArray::new(element(of), offsets, array(of, &elements), Some(is_there())))
        }
        Type::Row(of) => {
            Arc::new(StructArray::new(fields(of), columns(of, values), Some(is_there())))
        }
    }
}

#[cfg(test)]
mod tests {
    use arrow_array::Array as _;
    use serde_json::json;

    use super::*;

    #[test]
    fn lists_and_rows_keep_what_is_missing() {
        const KIND: Type =
            Type::List(&Type::Row(&[Column("n", Type::Count), Column("t", Type::Text)]));
        let rows = [json!([{"n": 1, "t": "a"}, {"n": null}]), json!([]), Value::Null];
        let values: Vec<Option<&Value>> = rows.iter().map(Some).collect();
        let lists = array(&KIND, &values);
        let lists = lists.as_any().downcast_ref::<ListArray>().unwrap();
        let lengths: Vec<i32> = (0..3).map(|at| lists.value_length(at)).collect();
        assert_eq!((lengths, lists.is_null(1), lists.is_null(2)), (vec![2, 0, 0], false, true));
        let first = lists.value(0);
        let first = first.as_any().downcast_ref::<StructArray>().unwrap();
        let numbers = first.column(0).as_any().downcast_ref::<Int64Array>().unwrap();
        assert_eq!((numbers.value(0), numbers.is_null(1)), (1, true));
    }

    #[test]
    fn what_is_written_is_read_again() {
        use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| folder.path().join(name);
        std::fs::write(file("run.json"), "{}").unwrap();
        let row = r#"{"id":"story-1","articles":["a","事件 🚢"],"agency":null,"outlets":2}"#;
        std::fs::write(file("clusters.jsonl"), format!("{row}\n{row}\n")).unwrap();
        let filed = Filed::open(folder.path()).unwrap();
        let table = super::super::TABLES.iter().find(|table| table.name == "clusters").unwrap();
        let path = file("clusters.parquet");
        super::super::write_file(&path, |out| write(&filed, table, &path, out)).unwrap();

        let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(&path).unwrap()).unwrap();
        let batches: Vec<RecordBatch> =
            reader.build().unwrap().map(|batch| batch.unwrap()).collect();
        assert_eq!(batches.iter().map(RecordBatch::num_rows).sum::<usize>(), 2);
        let articles = batches[0].column_by_name("articles").unwrap();
        let articles = articles.as_any().downcast_ref::<ListArray>().unwrap().value(1);
        let articles = articles.as_any().downcast_ref::<StringArray>().unwrap();
        assert_eq!((articles.value(0), articles.value(1)), ("a", "事件 🚢"));
        assert!(batches[0].column_by_name("agency").unwrap().is_null(0));
    }
}
