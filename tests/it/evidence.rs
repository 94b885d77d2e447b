//! Evidence is judged as often as one likes.

use copytaster::agency::Agencies;
use copytaster::scan::Scan;
use copytaster::{Options, judge};

use crate::synth;

/// One detection, judged with two settings, is a scan with either.
#[test]
fn what_evidence_comes_to_is_what_a_scan_finds() {
    let articles = synth::articles(400, 3);
    let strict = Options {
        judge: judge::Options { min_bits: 140.0, whole_share: 0.9, ..judge::Options::default() },
        ..Options::default()
    };
    let scan = |options: &Options| Scan::new(options.clone(), Agencies::shipped()).unwrap();
    let plain = scan(&Options::default());
    let evidence = plain.evidence(&articles, &|_| ()).unwrap();
    let mut passages = Vec::new();
    for options in [Options::default(), strict] {
        let concluded = plain.conclude(&articles, &evidence, &options);
        let found = scan(&options).run(&articles, &|_| ()).unwrap();
        assert_eq!(concluded.passages, found.passages);
        assert_eq!(concluded.links, found.links);
        assert_eq!(concluded.clusters, found.clusters);
        assert_eq!(concluded.attributed, found.attributed);
        assert_eq!(evidence.near(), found.near);
        passages.push(found.passages.len());
    }
    assert!(passages[1] < passages[0] && passages[0] < evidence.passages().len());
}
