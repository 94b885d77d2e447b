//! What stands in a row of a column, as text.

use std::borrow::Cow;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Decimal256Type, Float32Type, Float64Type};
use arrow_array::{Array, downcast_integer_array, downcast_temporal_array};
use arrow_schema::DataType;

use crate::read::fields::CALLED_BY;

/// A value as text, as of JSON: a number in digits, a list joined, a row within the row by its name.
///
/// `is_mended` becomes true if bytes of it are not UTF-8.
pub(super) fn text<'a>(
    column: &'a dyn Array,
    row: usize,
    separator: &str,
    is_mended: &mut bool,
) -> Option<Cow<'a, str>> {
    if column.is_null(row) {
        return None;
    }
    let text = downcast_integer_array!(
        column => column.value(row).to_string(),
        DataType::Binary => {
            let text = String::from_utf8_lossy(column.as_binary::<i32>().value(row));
            *is_mended |= matches!(text, Cow::Owned(_));
            return Some(text);
        }
        DataType::Float32 => column.as_primitive::<Float32Type>().value(row).to_string(),
        DataType::Float64 => column.as_primitive::<Float64Type>().value(row).to_string(),
        DataType::Decimal128(..) => column.as_primitive::<Decimal128Type>().value_as_string(row),
        DataType::Decimal256(..) => column.as_primitive::<Decimal256Type>().value_as_string(row),
        DataType::Date32 => column.as_primitive::<Date32Type>().value_as_date(row)?.to_string(),
        DataType::List(_) => {
            let list = column.as_list::<i32>().value(row);
            let parts: Vec<_> = (0..list.len())
                .filter_map(|at| text(&list, at, separator, is_mended))
                .filter(|part| !part.trim().is_empty())
                .collect();
            parts.join(separator)
        }
        DataType::Struct(_) => {
            return CALLED_BY
                .into_iter()
                .filter_map(|name| column.as_struct().column_by_name(name))
                .filter_map(|part| text(part, row, separator, is_mended))
                .find(|part| !part.trim().is_empty());
        }
        // With a zone or without it is stored as UTC.
        DataType::Timestamp(..) => {
            downcast_temporal_array!(
                column => column.value_as_datetime(row)?.to_string(),
                _ => return None,
            )
        }
        _ => return None,
    );
    Some(text.into())
}
