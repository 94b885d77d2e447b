//! Parquet tables, written as other programs write them, sound and broken.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use ::parquet::arrow::ArrowWriter;
use ::parquet::basic::{BrotliLevel, Compression, GzipLevel, ZstdLevel};
use ::parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader, ParquetMetaDataWriter};
use ::parquet::file::properties::{WriterProperties, WriterPropertiesBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BinaryArray, BinaryViewArray, BooleanArray, Date32Array, Date64Array,
    Decimal128Array, DictionaryArray, FixedSizeBinaryArray, Float32Array, Float64Array, Int64Array,
    LargeListArray, LargeStringArray, ListArray, NullArray, RecordBatch, StringArray,
    StringViewArray, StructArray, Time64MicrosecondArray, TimestampMicrosecondArray,
    TimestampMillisecondArray, TimestampNanosecondArray, TimestampSecondArray, UInt8Array,
};
use arrow_buffer::OffsetBuffer;
use arrow_schema::Field as Column;

use super::*;

fn file(columns: Vec<(&str, ArrayRef)>) -> Vec<u8> {
    file_with(columns, WriterProperties::builder())
}

fn file_with(columns: Vec<(&str, ArrayRef)>, properties: WriterPropertiesBuilder) -> Vec<u8> {
    let rows = RecordBatch::try_from_iter_with_nullable(
        columns.into_iter().map(|(name, column)| (name, column, true)),
    )
    .unwrap();
    let mut writer =
        ArrowWriter::try_new(Vec::new(), rows.schema(), Some(properties.build())).unwrap();
    writer.write(&rows).unwrap();
    writer.into_inner().unwrap()
}

fn strings(texts: impl IntoIterator<Item = impl Into<String>>) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(texts.into_iter().map(Into::into)))
}

/// Three articles a row group, of which no page can be made smaller.
fn noisy(rows: u64, properties: WriterPropertiesBuilder) -> Vec<u8> {
    let texts = strings((0..rows).map(|row| noise(40 + row)));
    let ids = strings((0..rows).map(|row| format!("{row:03}")));
    file_with(vec![("id", ids), ("text", texts)], properties.set_max_row_group_row_count(Some(3)))
}

/// What is read of a table that has a text and one other column.
fn with(name: &str, column: ArrayRef) -> (Vec<Article>, Vec<String>) {
    let texts = strings((0..column.len()).map(|row| format!("text {row}")));
    read("a.parquet", &file(vec![(name, column), ("text", texts)]))
}

/// What a column gives as the byline, row by row.
fn bylines(column: ArrayRef) -> Vec<Option<String>> {
    with("author", column).0.into_iter().map(|article| article.byline).collect()
}

fn published(column: ArrayRef) -> Vec<String> {
    let (articles, reasons) = with("date", column);
    assert!(reasons.is_empty(), "{reasons:?}");
    articles.iter().map(|a| a.published.map_or("none".to_owned(), |p| p.to_string())).collect()
}

#[test]
fn the_same_rows_as_json_and_as_a_table_are_the_same_articles() {
    let bodies = [Some("One."), None, Some(" "), Some("首相は"), Some("\r\nfive\0 ")];
    let titles = [Some("T1"), Some("T2"), None, Some(" T4 "), Some("NaN")];
    let dates = [Some("2024-05-01"), None, None, Some("01/02/2024"), Some("2024-05-01T10:00:00Z")];
    let lines = (0..5).fold(String::new(), |mut lines, row| {
        let (text, title, date) = (bodies[row].unwrap_or(""), titles[row], dates[row]);
        let line =
            serde_json::json!({ "Body": text, "title": title, "n": row, "Date": date, "uri": row });
        writeln!(lines, "{line}").unwrap();
        lines
    });
    let numbers: ArrayRef = Arc::new(Int64Array::from_iter_values(0..5));
    let columns = vec![
        ("Body", Arc::new(StringArray::from_iter(bodies)) as ArrayRef),
        ("title", Arc::new(StringArray::from_iter(titles))),
        ("n", Arc::clone(&numbers)),
        ("Date", Arc::new(StringArray::from_iter(dates))),
        ("uri", numbers),
    ];
    let (wanted, wanted_reasons) = read("a.jsonl", lines.as_bytes());
    assert_eq!(texts(&wanted), ["One.", "首相は", "\r\nfive\0 "]);
    assert_eq!(wanted_reasons.len(), 3, "{wanted_reasons:?}");
    for (group, name) in [(1, "a.parquet"), (2, "a.bin"), (9, "a.jsonl")] {
        let properties = WriterProperties::builder().set_max_row_group_row_count(Some(group));
        let (found, reasons) = read(name, &file_with(columns.clone(), properties));
        let reasons: Vec<_> = reasons.iter().map(|r| r.replace(name, "a.jsonl")).collect();
        assert_eq!(reasons, wanted_reasons, "{group}");
        for (found, wanted) in found.iter().zip(&wanted) {
            assert_eq!(found.at.line, wanted.at.line);
            assert_eq!(&Article { at: wanted.at.clone(), ..found.clone() }, wanted);
        }
        assert_eq!(found.len(), wanted.len());
    }
}

#[test]
fn text_is_read_of_every_kind_of_column() {
    let dictionary: DictionaryArray<Int32Type> = ["Ånd", "ü", "Ånd"].into_iter().collect();
    for column in [
        Arc::new(StringArray::from(vec!["Ånd", "ü", "Ånd"])) as ArrayRef,
        Arc::new(LargeStringArray::from(vec!["Ånd", "ü", "Ånd"])),
        Arc::new(StringViewArray::from(vec!["Ånd", "ü", "Ånd"])),
        Arc::new(BinaryArray::from_iter_values(["Ånd", "ü", "Ånd"])),
        Arc::new(BinaryViewArray::from_iter_values(["Ånd", "ü", "Ånd"])),
        Arc::new(dictionary),
    ] {
        let (articles, reasons) = read("a.parquet", &file(vec![("TEXT ", Arc::clone(&column))]));
        assert_eq!(texts(&articles), ["Ånd", "ü", "Ånd"], "{}", column.data_type());
        assert_eq!(articles.iter().map(|a| &*a.id).collect::<Vec<_>>(), ["a:1", "a:2", "a:3"]);
        assert!(reasons.is_empty(), "{reasons:?}");
    }
}

#[test]
fn numbers_are_digits_and_what_says_nothing_is_none() {
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(bylines(Arc::new(Int64Array::from(vec![Some(-7), None]))), [some("-7"), None]);
    assert_eq!(bylines(Arc::new(UInt8Array::from(vec![255]))), [some("255")]);
    let floats = vec![17.0, 0.5, f64::NAN];
    assert_eq!(bylines(Arc::new(Float64Array::from(floats))), [some("17"), some("0.5"), None]);
    assert_eq!(bylines(Arc::new(Float32Array::from(vec![0.1]))), [some("0.1")]);
    let decimals = Decimal128Array::from(vec![1234]).with_precision_and_scale(9, 2).unwrap();
    assert_eq!(bylines(Arc::new(decimals)), [some("12.34")]);
    for nothing in [
        Arc::new(BooleanArray::from(vec![true])) as ArrayRef,
        Arc::new(NullArray::new(1)),
        Arc::new(Time64MicrosecondArray::from(vec![1])),
        Arc::new(FixedSizeBinaryArray::try_from_iter(["0123"].iter()).unwrap()),
    ] {
        assert_eq!(bylines(Arc::clone(&nothing)), [None], "{}", nothing.data_type());
    }
}

#[test]
fn times_are_those_that_texts_would_give() {
    const SECONDS: i64 = 1_437_447_092;
    let instant = "2015-07-21T02:51:32Z";
    let millis = SECONDS * 1000 + 250;
    let days = Date32Array::from(vec![Some(16_637), None]);
    assert_eq!(published(Arc::new(days)), ["2015-07-21", "none"]);
    assert_eq!(published(Arc::new(TimestampSecondArray::from(vec![SECONDS]))), [instant]);
    for zone in [None, Some("UTC"), Some("+02:00")] {
        let zone = zone.map(Arc::from);
        let fraction = ["2015-07-21T02:51:32.25Z"];
        let column = TimestampMillisecondArray::from(vec![millis]).with_timezone_opt(zone.clone());
        assert_eq!(published(Arc::new(column)), fraction);
        let column =
            TimestampMicrosecondArray::from(vec![millis * 1000]).with_timezone_opt(zone.clone());
        assert_eq!(published(Arc::new(column)), fraction);
        let column =
            TimestampNanosecondArray::from(vec![millis * 1_000_000]).with_timezone_opt(zone);
        assert_eq!(published(Arc::new(column)), fraction);
    }
    assert_eq!(
        published(Arc::new(Int64Array::from(vec![SECONDS, 20_150_721]))),
        [instant, "2015-07-21"]
    );
    // Rust's writer stores such days as bare numbers, so that they come back as their first moment.
    let days = Date64Array::from(vec![16_637 * 86_400_000]);
    assert_eq!(published(Arc::new(days)), ["2015-07-21T00:00:00Z"]);

    let (articles, reasons) =
        with("date", Arc::new(TimestampMillisecondArray::from(vec![1 << 50])));
    assert_eq!((articles.len(), articles[0].published), (1, None));
    assert!(reasons[0].ends_with("not understood"), "{reasons:?}");
}

#[test]
fn lists_are_joined_and_rows_have_a_name() {
    let names = [Some("A. B."), None, Some(" "), Some("C. D.")];
    let offsets = OffsetBuffer::from_lengths([4, 0]);
    let element = |of: &ArrayRef| Arc::new(Column::new_list_field(of.data_type().clone(), true));
    let names: ArrayRef = Arc::new(StringArray::from_iter(names));
    let list = ListArray::new(element(&names), offsets, Arc::clone(&names), None);
    assert_eq!(bylines(Arc::new(list.clone())), [Some("A. B., C. D.".to_owned()), None]);
    let (articles, reasons) = read("a.parquet", &file(vec![("text", Arc::new(list))]));
    assert_eq!(texts(&articles), ["A. B.\n\nC. D."]);
    assert_eq!(reasons, ["a.parquet:2: text is empty"]);

    let row =
        |name: &str, of: ArrayRef| (Arc::new(Column::new(name, of.data_type().clone(), true)), of);
    let rows: ArrayRef = Arc::new(StructArray::from(vec![
        row("id", strings(["1", "2", "3", "4"])),
        row("domain", strings(["cnn.com", "bbc.co.uk", "npr.org", " "])),
        row("name", Arc::new(StringArray::from(vec![Some("CNN"), None, Some(" "), None]))),
    ]));
    let (articles, _) = with("source", Arc::clone(&rows));
    let outlets: Vec<_> = articles.iter().map(|a| a.outlet.as_deref()).collect();
    assert_eq!(outlets, [Some("CNN"), Some("bbc.co.uk"), Some("npr.org"), None]);
    let list = LargeListArray::new(element(&rows), OffsetBuffer::from_lengths([4]), rows, None);
    assert_eq!(bylines(Arc::new(list)), [Some("CNN, bbc.co.uk, npr.org".to_owned())]);
}

#[test]
fn every_usual_compression_is_undone() {
    for codec in [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::GZIP(GzipLevel::default()),
        Compression::ZSTD(ZstdLevel::default()),
        Compression::LZ4,
        Compression::LZ4_RAW,
    ] {
        let (articles, reasons) =
            read("a.parquet", &noisy(9, WriterProperties::builder().set_compression(codec)));
        assert_eq!(articles.len(), 9, "{codec}");
        assert_eq!(articles[8].text, noise(48).as_str(), "{codec}");
        assert!(reasons.is_empty(), "{codec} {reasons:?}");
    }
}

/// The file with another footer.
fn rewritten(file: &[u8], change: impl FnOnce(ParquetMetaData) -> ParquetMetaData) -> Vec<u8> {
    let stored = bytes::Bytes::copy_from_slice(file);
    let metadata = change(ParquetMetaDataReader::new().parse_and_finish(&stored).unwrap());
    let footer = u32::from_le_bytes(file[file.len() - 8..][..4].try_into().unwrap()) as usize;
    let mut file = file[..file.len() - 8 - footer].to_vec();
    ParquetMetaDataWriter::new(&mut file, &metadata).finish().unwrap();
    file
}

#[test]
fn a_compression_that_is_not_known_is_named() {
    for (codec, name) in
        [(Compression::LZO, "LZO"), (Compression::BROTLI(BrotliLevel::default()), "BROTLI")]
    {
        let file = rewritten(&noisy(4, WriterProperties::builder()), |metadata| {
            let mut metadata = metadata.into_builder();
            let groups = metadata.take_row_groups().into_iter().map(|group| {
                let columns = group.columns().iter().cloned();
                let columns =
                    columns.map(|c| c.into_builder().set_compression(codec).build().unwrap());
                let columns = columns.collect();
                group.into_builder().set_column_metadata(columns).build().unwrap()
            });
            let groups = groups.collect();
            metadata.set_row_groups(groups).build()
        });
        let (articles, reasons) = read("a.parquet", &file);
        assert!(articles.is_empty());
        let reason = format!("compressed with {name} (write it with zstd or snappy)");
        assert_eq!(reasons, [format!("a.parquet: {reason}")]);
    }
}

#[test]
fn broken_bytes_are_replaced_in_text_and_in_bytes() {
    let bytes = |texts: &[&'static [u8]]| -> ArrayRef {
        Arc::new(BinaryArray::from_iter_values(texts.iter().copied()))
    };
    let columns = vec![
        ("id", bytes(&[b"1", b"2", b"3", b"4"])),
        ("text", bytes(&[b"one", b"tw\xff", b"thr\xc3", b"four"])),
    ];
    let plain = file_with(columns, WriterProperties::builder().set_dictionary_enabled(false));
    // The same bytes in a column that is said to be of text.
    let columns = vec![
        ("id", strings(["1", "2", "3", "4"])),
        ("text", strings(["one", "tw?", "thr?", "four"])),
    ];
    let mut marked = file_with(columns, WriterProperties::builder().set_dictionary_enabled(false));
    for (from, to) in [(&b"tw?"[..], &b"tw\xff"[..]), (b"thr?", b"thr\xc3")] {
        let at = memchr::memmem::find(&marked, from).unwrap();
        marked[at..at + to.len()].copy_from_slice(to);
    }
    for file in [plain, marked] {
        let (articles, reasons) = read("a.parquet", &file);
        assert_eq!(texts(&articles), ["one", "tw\u{fffd}", "thr\u{fffd}", "four"]);
        let reason = "some bytes are not valid UTF-8: each taken as the character U+FFFD";
        assert_eq!(reasons, [format!("note: a.parquet:2: {reason} (and 1 more in this file)")]);
    }
}

#[test]
fn a_table_without_text_is_told_once_and_one_without_rows_not() {
    let (articles, reasons) =
        read("a.parquet", &file(vec![("id", strings(["1", "2"])), ("Lede", strings(["a", "b"]))]));
    assert!(articles.is_empty());
    let reason = "\"text\" is missing among \"id\", \"Lede\" (--map text=NAME tells which it is)";
    assert_eq!(reasons, [format!("a.parquet: {reason}")]);

    let folder = Folder::with(&[("a.pq", &file(vec![("LEDE", strings(["a"]))]))]);
    let options = Options { map: BTreeMap::from([(Field::Text, "lede".to_owned())]) };
    assert_eq!(one(&folder.path("a.pq"), &options).unwrap().text, "a");

    let folder = Folder::with(&[("a.parq", &file(vec![("text", strings([""; 0]))]))]);
    let reading = folder.read(&["a.parq"]);
    assert_eq!((reading.articles.len(), reading.inputs[0].format), (0, Format::Parquet));
    assert_eq!(folder.reasons(&reading), [""; 0]);
}

#[test]
fn a_table_that_is_cut_off_or_none_is_passed_over() {
    let whole = noisy(9, WriterProperties::builder());
    let page = b"version https://git-lfs.github.com/spec/v1\n";
    let folder = Folder::with(&[
        ("in/cut.parquet", &whole[..whole.len() - 100]),
        ("in/pointer.parquet", page),
        ("in/short.parquet", b"PAR1\0"),
        ("in/whole.parquet", &whole),
    ]);
    let reading = folder.read(&["in"]);
    assert_eq!(reading.articles.len(), 9);
    assert_eq!(reading.inputs.len(), 1);
    let reasons = folder.reasons(&reading);
    assert_eq!(reasons.len(), 3, "{reasons:?}");
    assert!(reasons[0].starts_with("in/cut.parquet: cut off or damaged: "), "{reasons:?}");
    assert!(reasons[1].contains("not a Parquet table (if"), "{reasons:?}");
    assert!(reasons[2].starts_with("in/short.parquet: cut off or damaged: "), "{reasons:?}");
}

#[test]
fn a_damaged_row_group_leaves_the_others() {
    let mut file = noisy(9, WriterProperties::builder().set_compression(Compression::SNAPPY));
    let text = memchr::memmem::find(&file, noise(43).as_bytes()).unwrap_or(file.len() / 2);
    file[text - 20..text + 60].fill(0xff);
    let (articles, reasons) = read("a.parquet", &file);
    assert_eq!(articles.iter().map(|a| a.at.line.unwrap()).collect::<Vec<_>>(), [1, 2, 3, 7, 8, 9]);
    assert_eq!(reasons.len(), 1, "{reasons:?}");
    let start = "a.parquet:4: cut off or damaged from here to row 6: ";
    assert!(reasons[0].starts_with(start), "{reasons:?}");
}

#[test]
fn what_says_more_rows_than_it_has_is_told() {
    let file = rewritten(&noisy(3, WriterProperties::builder()), |metadata| {
        let mut metadata = metadata.into_builder();
        let groups = metadata.take_row_groups().into_iter();
        let groups = groups.map(|group| group.into_builder().set_num_rows(5).build().unwrap());
        let groups = groups.collect();
        metadata.set_row_groups(groups).build()
    });
    let (articles, reasons) = read("a.parquet", &file);
    assert_eq!(articles.len(), 3);
    let reason = "cut off or damaged from here to row 5: there are fewer rows than it says";
    assert_eq!(reasons, [format!("a.parquet:4: {reason}")]);
}

/// Of the steps in which a table is decoded some panic rather than fail when a bit is wrong.
#[test]
fn damage_anywhere_stops_nothing() {
    let list = ListArray::from_iter_primitive::<Int32Type, _, _>(
        (0..4).map(|row| Some((0..row).map(Some))),
    );
    let columns = vec![
        ("text", strings((0..4).map(noise))),
        ("author", Arc::new(list) as ArrayRef),
        ("date", Arc::new(Date32Array::from(vec![Some(16_637), None, Some(2), Some(3)]))),
    ];
    let small = WriterProperties::builder().set_max_row_group_row_count(Some(2));
    let whole = file_with(columns, small);
    for at in 4..whole.len() {
        let mut broken = whole.clone();
        broken[at] ^= 0xff;
        assert!(read("a.parquet", &broken).0.len() <= 4);
        if at % 16 == 0 {
            assert_eq!(read("a.parquet", &whole[..at]).0, []);
        }
    }
}

#[test]
fn what_is_compressed_or_piped_is_read_too() {
    let whole = noisy(9, WriterProperties::builder());
    for (name, bytes) in [("a.parquet.gz", gz(&whole)), ("a.pq.zst", zst(&whole))] {
        let (articles, reasons) = read(name, &bytes);
        assert_eq!((articles.len(), reasons.len()), (9, 0), "{name} {reasons:?}");
        assert_eq!(articles[8].at.line, Some(9));
        assert!(read(name, &bytes[..bytes.len() - 20]).1[0].contains(": cut off or damaged: "));
    }
}

#[test]
fn every_byte_is_counted_once() {
    let whole = noisy(900, WriterProperties::builder());
    let folder = Folder::with(&[("a.parquet", &whole), ("b.parquet", &gz(&whole))]);
    let inputs = [folder.path("a.parquet"), folder.path("b.parquet")];
    let last = AtomicU64::new(0);
    let told = |progress: Progress| {
        last.fetch_max(progress.bytes_read, Ordering::Relaxed);
        assert!(progress.bytes_read <= progress.bytes_total.unwrap());
    };
    let reading = all(&inputs, &Options::default(), &told).unwrap();
    assert_eq!(reading.inputs[0].bytes, whole.len() as u64);
    let total: u64 = reading.inputs.iter().map(|input| input.bytes).sum();
    assert_eq!(last.into_inner(), total);
}
