import Analytics
import Support
import Testing

/// The rules of visits, each with examples.
struct VisitTests {
    @Test(arguments: gaps + midnights + contents + left)
    func followTheRule(example: VisitExample) throws {
        #expect(try example.visits(of: example.hits) == example.visits)
    }

    /// Visits depend on the hits, not on the order in which they came.
    @Test(arguments: gaps + midnights + contents + left)
    func dependOnNoOrder(example: VisitExample) throws {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<5 {
            let hits = example.hits.shuffled(using: &generator)
            #expect(try example.visits(of: hits) == example.visits)
        }
    }

    private static let gaps = [
        VisitExample(
            "30 minutes are no gap",
            ["1 10:00 pageview /a", "1 10:30 pageview /b"],
            make: ["A 1 10:00 for 1800s, /a to /b, 2 views, 2 events, 2 hits"]
        ),
        VisitExample(
            "a millisecond more is one",
            ["1 10:00 pageview /a", "1 10:30:00.001 pageview /b"],
            make: [
                "A 1 10:00 for 0s, /a to /a, 1 views, 1 events, 1 hits bounce",
                "A 1 10:30 + 1 ms for 0s, /b to /b, 1 views, 1 events, 1 hits bounce",
            ]
        ),
        VisitExample(
            "the gap counts from the last hit",
            ["1 10:00 pageview /a", "1 10:20 pageview /b", "1 10:40 pageview /c"],
            make: ["A 1 10:00 for 2400s, /a to /c, 3 views, 3 events, 3 hits"]
        ),
        VisitExample(
            "engagement keeps its visit open",
            ["1 10:00 pageview /a", "1 10:25 engagement /a", "1 10:50 pageview /b"],
            make: ["A 1 10:00 for 3000s, /a to /b, 2 views, 2 events, 3 hits"]
        ),
        VisitExample(
            "engagement is neither duration nor exit nor event",
            ["1 10:00 pageview /a", "1 10:25 engagement /b"],
            make: ["A 1 10:00 for 0s, /a to /a, 1 views, 1 events, 2 hits bounce"]
        ),
        VisitExample(
            "engagement makes no visit",
            ["1 10:00 engagement /a", "1 11:00 engagement /a"],
            make: []
        ),
        VisitExample(
            "engagement before the first hit is of no visit",
            ["1 10:00 engagement /a", "1 10:10 pageview /b", "1 10:11 engagement /b"],
            make: ["A 1 10:10 for 0s, /b to /b, 1 views, 1 events, 2 hits bounce"]
        ),
        VisitExample(
            "a late hit brings engagement its visit",
            ["1 10:00 engagement /a", "1 10:10 pageview /b", "1 09:55 pageview /a"],
            make: ["A 1 9:55 for 900s, /a to /b, 2 views, 2 events, 3 hits"]
        ),
        VisitExample(
            "visitors are apart",
            ["1 10:00 pageview /a", "1 10:01 pageview /b B", "1 10:02 pageview /c"],
            make: [
                "A 1 10:00 for 120s, /a to /c, 2 views, 2 events, 2 hits",
                "B 1 10:01 for 0s, /b to /b, 1 views, 1 events, 1 hits bounce",
            ]
        ),
        VisitExample(
            "a visitor known as a user is the user",
            ["1 10:00 pageview /a", "1 10:01 pageview /b B", "1 10:02 pageview /c C"],
            aliases: ["B": "A", "C": "U"],
            make: [
                "A 1 10:00 for 60s, /a to /b, 2 views, 2 events, 2 hits",
                "U 1 10:02 for 0s, /c to /c, 1 views, 1 events, 1 hits bounce",
            ]
        ),
    ]

    private static let midnights = [
        VisitExample(
            "the visit of a visitor of a date ends at the site's midnight",
            ["1 18:00 pageview /a dated", "1 18:14:59.999 pageview /b dated", "1 18:15 pageview /c dated"],
            make: [
                "A 1 18:00 for 899.999s, /a to /b, 2 views, 2 events, 2 hits dated",
                "A 1 18:15 for 0s, /c to /c, 1 views, 1 events, 1 hits bounce dated",
            ]
        ),
        VisitExample(
            "that of another visitor does not",
            ["1 18:00 pageview /a", "1 18:15 pageview /c"],
            make: ["A 1 18:00 for 900s, /a to /c, 2 views, 2 events, 2 hits"]
        ),
        VisitExample(
            "a visitor of a date who is known as a user is none",
            ["1 18:00 pageview /a dated", "1 18:15 pageview /c dated", "1 18:20 pageview /d U"],
            aliases: ["A": "U"],
            make: ["U 1 18:00 for 1200s, /a to /d, 3 views, 3 events, 3 hits"]
        ),
        VisitExample(
            "engagement after the site's midnight is of no visit",
            ["1 18:00 pageview /a dated", "1 18:20 engagement /a dated", "1 18:25 pageview /b dated"],
            make: [
                "A 1 18:00 for 0s, /a to /a, 1 views, 1 events, 1 hits bounce dated",
                "A 1 18:25 for 0s, /b to /b, 1 views, 1 events, 1 hits bounce dated",
            ]
        ),
        VisitExample(
            "midnight UTC alone ends nothing",
            ["1 23:50 pageview /a", "2 00:10 pageview /b"],
            make: ["A 1 23:50 for 1200s, /a to /b, 2 views, 2 events, 2 hits"]
        ),
        VisitExample(
            "it ends a visit without a gap since the midnight before",
            ["1 00:00 pageview /a"] + every(30, from: 1, to: 2) + ["2 00:00 pageview /b", "2 00:10 pageview /c"],
            make: [
                "A 1 0:00 for 0s, /a to /a, 1 views, 1 events, 48 hits bounce",
                "A 2 0:00 for 600s, /b to /c, 2 views, 2 events, 2 hits",
            ]
        ),
        VisitExample(
            "it ends one that began before that",
            ["0 23:59 pageview /a"] + every(20, from: 1, to: 2) + ["2 00:00 pageview /b"],
            make: [
                "A 0 23:59 for 0s, /a to /a, 1 views, 1 events, 72 hits bounce",
                "A 2 0:00 for 0s, /b to /b, 1 views, 1 events, 1 hits bounce",
            ]
        ),
        VisitExample(
            "a visit that began after that goes on to the next midnight",
            ["1 00:00:00.001 pageview /a"] + every(30, from: 1, to: 3) + ["3 00:00 pageview /b"],
            make: [
                "A 1 0:00 + 1 ms for 0s, /a to /a, 1 views, 1 events, 96 hits bounce",
                "A 3 0:00 for 0s, /b to /b, 1 views, 1 events, 1 hits bounce",
            ]
        ),
        VisitExample(
            "engagement without a visit fills gaps too",
            ["1 00:00 engagement /"] + every(30, from: 1, to: 2) + ["1 23:45 pageview /a", "2 00:00 pageview /b"],
            make: [
                "A 1 23:45 for 0s, /a to /a, 1 views, 1 events, 1 hits bounce",
                "A 2 0:00 for 0s, /b to /b, 1 views, 1 events, 1 hits bounce",
            ]
        ),
    ]

    private static let contents = [
        VisitExample(
            "an interactive event ends a bounce",
            ["1 10:00 pageview /a", "1 10:01 Signup /b"],
            make: ["A 1 10:00 for 60s, /a to /a, 1 views, 2 events, 2 hits"]
        ),
        VisitExample(
            "a passive event does not",
            ["1 10:00 pageview /a", "1 10:01 Seen /b passive"],
            make: ["A 1 10:00 for 60s, /a to /a, 1 views, 2 events, 2 hits bounce"]
        ),
        VisitExample(
            "an impression is neither interactive nor an event",
            ["1 10:00 pageview /a", "1 10:01 impression /b"],
            make: ["A 1 10:00 for 60s, /a to /a, 1 views, 1 events, 2 hits bounce"]
        ),
        VisitExample(
            "a click is both",
            ["1 10:00 pageview /a", "1 10:01 click /b"],
            make: ["A 1 10:00 for 60s, /a to /a, 1 views, 2 events, 2 hits"]
        ),
        VisitExample(
            "events alone make a visit without pages",
            ["1 10:00 click /a", "1 10:01 impression /b"],
            make: ["A 1 10:00 for 60s, - to -, 0 views, 1 events, 2 hits"]
        ),
        VisitExample(
            "so does an impression",
            ["1 10:00 impression /b"],
            make: ["A 1 10:00 for 0s, - to -, 0 views, 0 events, 1 hits bounce"]
        ),
        VisitExample(
            "the first hit tells the source, page view or not",
            ["1 10:00 Signup /a from:Google", "1 10:01 pageview /b from:News"],
            make: ["A 1 10:00 for 60s, /b to /b, 1 views, 2 events, 2 hits from Google"]
        ),
        VisitExample(
            "but engagement does not",
            ["1 10:00 engagement /a from:Google", "1 10:01 pageview /b from:News"],
            make: ["A 1 10:01 for 0s, /b to /b, 1 views, 1 events, 1 hits bounce from News"]
        ),
        VisitExample(
            "of hits of a millisecond the page view is the first",
            ["1 10:00 Download /a from:Google", "1 10:00 engagement /a", "1 10:00 pageview /b from:News"],
            make: ["A 1 10:00 for 0s, /b to /b, 1 views, 2 events, 3 hits from News"]
        ),
        VisitExample(
            "then the bytes of the path count, and no path comes last",
            ["1 10:00 pageview", "1 10:00 pageview /b", "1 10:00 pageview /é", "1 10:00 pageview /Z from:Z"],
            make: ["A 1 10:00 for 0s, /Z to ?, 4 views, 4 events, 4 hits from Z"]
        ),
        VisitExample(
            "then the source",
            ["1 10:00 pageview /b", "1 10:00 pageview /b from:b", "1 10:00 pageview /b from:a"],
            make: ["A 1 10:00 for 0s, /b to /b, 3 views, 3 events, 3 hits from a"]
        ),
    ]

    private static let left = [
        VisitExample(
            "machines and hits without a visitor are left out",
            ["1 10:00 pageview /a", "1 10:20 pageview /b bot", "1 10:21 pageview /c nobody", "1 10:40 pageview /d"],
            make: [
                "A 1 10:00 for 0s, /a to /a, 1 views, 1 events, 1 hits bounce",
                "A 1 10:40 for 0s, /d to /d, 1 views, 1 events, 1 hits bounce",
            ]
        ),
        VisitExample(
            "ten hits of three visitors",
            [
                "1 09:00 pageview / from:Google", "1 09:04 pageview /pricing", "1 09:05:30 Signup /pricing",
                "1 09:10 pageview / B", "1 09:10:40 engagement / B", "1 10:20 pageview /blog B",
                "1 10:21 Download /blog B",
                "1 11:00 pageview /pricing C from:newsletter", "1 11:02 pageview / C", "1 11:02:30 engagement / C",
            ],
            make: [
                "A 1 9:00 for 330s, / to /pricing, 2 views, 3 events, 3 hits from Google",
                "B 1 9:10 for 0s, / to /, 1 views, 1 events, 2 hits bounce",
                "B 1 10:20 for 60s, /blog to /blog, 1 views, 2 events, 2 hits",
                "C 1 11:00 for 120s, /pricing to /, 2 views, 2 events, 3 hits from newsletter",
            ]
        ),
        VisitExample("no hits make no visits", [], make: []),
    ]

    /// Engagement every so many minutes after the beginning of a day, until another one begins.
    private static func every(_ minutes: Int, from first: Int, to last: Int) -> [String] {
        stride(from: first * 1440 + minutes, to: last * 1440, by: minutes).map { minute in
            "\(minute / 1440) \(minute / 60 % 24):\(minute % 60) engagement /"
        }
    }
}
