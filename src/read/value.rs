//! Reads of a JSON object only what an article needs, without copying what has no escapes.

use std::borrow::Cow;
use std::fmt;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::fields::{self, Names, Record, Slot};

/// The fields of a JSON object that have a use.
pub(super) fn record<'a>(json: &'a str, names: &Names) -> serde_json::Result<Record<'a>> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let record = deserializer.deserialize_map(Fields(names))?;
    deserializer.end()?;
    Ok(record)
}

/// The names of all its fields that are not null.
pub(super) fn names(json: &str) -> Vec<String> {
    serde_json::from_str(json).map_or_else(|_| Vec::new(), |Keys(names)| names)
}

struct Fields<'n>(&'n Names);

impl<'de> Visitor<'de> for Fields<'_> {
    type Value = Record<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut record = Record::default();
        while let Some(slots) = map.next_key_seed(Key(self.0))? {
            if slots.is_empty() {
                map.next_value::<IgnoredAny>()?;
            } else if let Some(value) = map.next_value_seed(Value(fields::separator(slots)))? {
                record.offer(slots, value);
            }
        }
        Ok(record)
    }
}

struct Key<'n>(&'n Names);

impl<'de, 'n> DeserializeSeed<'de> for Key<'n> {
    type Value = &'n [Slot];

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'n> Visitor<'_> for Key<'n> {
    type Value = &'n [Slot];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.slots(name))
    }
}

/// A value as text: a number in digits, a list joined, an object by its name; `None` for null.
struct Value(&'static str);

impl<'de> DeserializeSeed<'de> for Value {
    type Value = Option<Cow<'de, str>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value {
    type Value = Option<Cow<'de, str>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Some(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(Cow::Owned(text.to_owned())))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(Cow::Owned(number.to_string())))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(Cow::Owned(number.to_string())))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Some(Cow::Owned(number.to_string())))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut parts = Vec::new();
        while let Some(part) = list.next_element_seed(Value(self.0))? {
            parts.extend(part.filter(|part| !part.trim().is_empty()));
        }
        Ok((!parts.is_empty()).then(|| Cow::Owned(parts.join(self.0))))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut best = None;
        while let Some(key) = map.next_key::<Cow<'_, str>>()? {
            match fields::CALLED_BY.iter().position(|name| *name == key) {
                Some(rank) => {
                    let value = map.next_value_seed(Value(self.0))?;
                    let value = value.filter(|value| !value.trim().is_empty());
                    best = best.into_iter().chain(value.map(|value| (rank, value))).min();
                }
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(best.map(|(_, value)| value))
    }
}

struct Keys(Vec<String>);

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Keys;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
                let mut names = Vec::new();
                while let Some((name, value)) = map.next_entry::<_, Option<IgnoredAny>>()? {
                    names.extend(value.map(|_| name));
                }
                Ok(Keys(names))
            }
        }
        deserializer.deserialize_map(All)
    }
}
