//! The columns of a table, but with bytes for texts.

use std::sync::Arc;

use parquet::basic::{ConvertedType, LogicalType, Type as Physical};
use parquet::errors::Result;
use parquet::schema::types::{SchemaDescriptor, Type, TypePtr};

/// The same columns, of which those of text are said to hold bytes: one text that is not UTF-8 would
/// take all rows behind it along, while of bytes those that are broken can be replaced.
pub(super) fn bytes_for_texts(columns: &SchemaDescriptor) -> Result<Arc<SchemaDescriptor>> {
    Ok(Arc::new(SchemaDescriptor::new(Arc::new(without_texts(columns.root_schema())?))))
}

fn without_texts(column: &Type) -> Result<Type> {
    let info = column.get_basic_info();
    let (converted, logical) = (info.converted_type(), info.logical_type_ref());
    if column.is_group() {
        let below = |column: &TypePtr| without_texts(column).map(Arc::new);
        let group = Type::group_type_builder(info.name())
            .with_converted_type(converted)
            .with_logical_type(logical.cloned())
            .with_fields(column.get_fields().iter().map(below).collect::<Result<_>>()?);
        let has_repetition = info.has_repetition();
        return if has_repetition { group.with_repetition(info.repetition()) } else { group }
            .build();
    }
    let is_number =
        converted == ConvertedType::DECIMAL || matches!(logical, Some(LogicalType::Decimal { .. }));
    if column.get_physical_type() != Physical::BYTE_ARRAY || is_number {
        return Ok(column.clone());
    }
    Type::primitive_type_builder(info.name(), Physical::BYTE_ARRAY)
        .with_repetition(info.repetition())
        .build()
}
