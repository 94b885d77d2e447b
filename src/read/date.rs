//! Reads the ways in which files write a time of publication.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;

use crate::article::Published;

/// The time a text stands for: ISO 8601, RFC 2822, or Unix time in seconds or milliseconds.
///
/// A time without a zone is taken as UTC. Days written with slashes are not read: 03/04 is in March
/// in one country and in April in another.
pub(super) fn parse(text: &str) -> Option<Published> {
    let text = text.trim();
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    let is_day = match text.len() {
        8 => digits,
        10 => text.as_bytes()[4] == b'-',
        _ => false,
    };
    if is_day {
        return text.parse::<Date>().ok().map(Published::Day);
    }
    let at = if text.len() == 14 && digits {
        utc(&format!("{}T{}", &text[..8], &text[8..]))
    } else if let Ok(number) = text.parse::<f64>() {
        unix(number)
    } else {
        instant(text)
    };
    at.map(Published::Instant)
}

fn instant(text: &str) -> Option<Timestamp> {
    // "02:51:32 +0200" and "02:51:32 UTC", as programs print it.
    let (time, zone) = text.rsplit_once(' ').unwrap_or((text, ""));
    let tight = match zone.as_bytes() {
        [b'+' | b'-', ..] => format!("{time}{zone}"),
        b"UTC" | b"GMT" | b"Z" => format!("{time}Z"),
        _ => text.to_owned(),
    };
    let rfc2822 = rfc2822::DateTimeParser::new().relaxed_weekday(true);
    (tight.parse().ok()).or_else(|| rfc2822.parse_timestamp(text).ok()).or_else(|| utc(text))
}

fn utc(text: &str) -> Option<Timestamp> {
    // Without a time of day the parser would take midnight.
    let time: DateTime = text.contains([':', 'T']).then_some(text)?.parse().ok()?;
    time.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

/// Numbers too small to be a date since 1973 in either unit are something else: a year, a count.
fn unix(number: f64) -> Option<Timestamp> {
    match number {
        1e8..1e11 => Timestamp::from_millisecond((number * 1e3).round() as i64).ok(),
        1e11..1e14 => Timestamp::from_millisecond(number.round() as i64).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_files_have_them() {
        for (text, published) in [
            ("2015-07-21", "2015-07-21"),
            ("20150721", "2015-07-21"),
            ("2015-07-21T02:51:32Z", "2015-07-21T02:51:32Z"),
            ("2015-07-21T02:51:32+02:00", "2015-07-21T00:51:32Z"),
            ("2015-07-21 02:51:32", "2015-07-21T02:51:32Z"),
            ("2015-07-21 02:51", "2015-07-21T02:51:00Z"),
            ("2015-07-21T02:51:32.250", "2015-07-21T02:51:32.25Z"),
            ("2015-07-21 02:51:32+00", "2015-07-21T02:51:32Z"),
            ("2015-07-21 02:51:32 +0200", "2015-07-21T00:51:32Z"),
            ("2015-07-21 02:51:32 UTC", "2015-07-21T02:51:32Z"),
            (" 2015-07-21T02:51:32-04:00 ", "2015-07-21T06:51:32Z"),
            ("20150721T025132Z", "2015-07-21T02:51:32Z"),
            ("20150721025132", "2015-07-21T02:51:32Z"),
            ("Tue, 21 Jul 2015 02:51:32 GMT", "2015-07-21T02:51:32Z"),
            ("Tue, 21 Jul 2015 02:51:32 +0200", "2015-07-21T00:51:32Z"),
            ("21 Jul 2015 02:51:32 -0400", "2015-07-21T06:51:32Z"),
            ("1437447092", "2015-07-21T02:51:32Z"),
            ("1437447092.0", "2015-07-21T02:51:32Z"),
            ("1437447092000", "2015-07-21T02:51:32Z"),
        ] {
            assert_eq!(parse(text).map(|p| p.to_string()).as_deref(), Some(published), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_or_could_be_two_is_none() {
        for text in [
            "",
            "21/07/2015",
            "07/21/2015",
            "July 21",
            "2015",
            "0",
            "-1",
            "NaN",
            "inf",
            "99999999",
            "2015-13-01",
            "2015-02-30 10:00",
            "yesterday",
            "2015-07-21T",
            "12:30",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
