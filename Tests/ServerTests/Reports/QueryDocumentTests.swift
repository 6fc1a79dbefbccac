import Analytics
import Testing

@testable import Server

/// The refusals of queries that are no valid documents.
struct QueryDocumentTests {
    private static let valid = #""site_id":"shop","metrics":["visitors"],"date_range":"7d""#

    /// Members that are added to a valid query, or replace one of its, and the text of the refusal.
    private static let refusals: [(String, String)] = [
        (#"{"metrics":["visitors"],"date_range":"7d"}"#, "#: Required property site_id was not present."),
        (#"{"site_id":"shop","metrics":["baa"],"date_range":"7d"}"#, #"#/metrics/0: Invalid metric "baa""#),
        (#"{"site_id":"shop","metrics":[],"date_range":"7d"}"#, "#/metrics: Expected a minimum of 1 items but got 0."),
        (
            #"{"site_id":"shop","metrics":["visits","visits"],"date_range":"7d"}"#,
            "#/metrics: Expected items to be unique but they were not."
        ),
        (
            #"{"site_id":"shop","metrics":"visits","date_range":"7d"}"#,
            "#/metrics: Type mismatch. Expected Array but got String."
        ),
        (#"{"site_id":"shop","metrics":["visits"],"date_range":"bad"}"#, #"#/date_range: Invalid date range "bad""#),
        (#"{"site_id":"shop","metrics":["visits"],"date_range":"0d"}"#, #"#/date_range: Invalid date range "0d""#),
        (
            #"{"site_id":"shop","metrics":["visits"],"date_range":["2026-01-05","2026-01-04"]}"#,
            #"#/date_range: Invalid date range ["2026-01-05", "2026-01-04"]"#
        ),
        (added(#""dimensions":["badproperty"]"#), #"#/dimensions/0: Invalid dimension "badproperty""#),
        (added(#""dimensions":["event:props:"]"#), #"#/dimensions/0: Invalid dimension "event:props:""#),
        (added(#""filters":"x""#), "#/filters: Type mismatch. Expected Array but got String."),
        (
            added(#""filters":[["is","visit:country"]]"#),
            #"#/filters/0: Invalid filter ["is", "visit:country"]"#
        ),
        (
            added(#""filters":[["is","visit:country",["de"]]]"#),
            "Invalid visit:country filter, visit:country needs to be a valid 2-letter country code."
        ),
        (
            added(#""filters":[["has_done",["has_done",["is","event:name",["a"]]]]]"#),
            #"#/filters/0/1: Invalid filter ["has_done", ["is", "event:name", ["a"]]]"#
        ),
        (
            added(#""filters":[["has_done",["is","visit:country",["DE"]]]]"#),
            #"#/filters/0: Invalid filter ["has_done", ["is", "visit:country", ["DE"]]]"#
        ),
        (added(#""order_by":[["visssss","desc"]]"#), #"#/order_by/0/0: Invalid value in order_by "visssss""#),
        (
            added(#""order_by":[["events","desc"]]"#),
            "Invalid order_by entry '{:events, :desc}'. Entry is not a queried metric or dimension."
        ),
        (
            added(#""order_by":[["event:name","desc"]]"#),
            #"Invalid order_by entry '{"event:name", :desc}'. Entry is not a queried metric or dimension."#
        ),
        (added(#""include":"x""#), "#/include: Type mismatch. Expected Object but got String."),
        (
            added(#""include":{"comparisons":true}"#),
            "#/include/comparisons: Schema does not allow additional properties."
        ),
        (added(#""include":{"time_labels":true}"#), "Invalid include.time_labels: requires a time dimension."),
        (added(#""pagination":{"limit":10001}"#), "#/pagination/limit: Expected the value to be <= 10000"),
        (added(#""realtime":true"#), "#/realtime: Schema does not allow additional properties."),
        (
            #"{"site_id":"shop","metrics":["bounce_rate"],"date_range":"7d","dimensions":["event:name"]}"#,
            "Session metric(s) `bounce_rate` cannot be queried along with event dimension(s) `event:name`"
        ),
        (
            #"{"site_id":"shop","metrics":["views_per_visit"],"date_range":"7d","dimensions":["visit:source"]}"#,
            "Metric `views_per_visit` cannot be queried with `dimensions`."
        ),
        (
            #"{"site_id":"shop","metrics":["pageviews"],"date_range":"7d","dimensions":["visit:exit_page"]}"#,
            "Event metric(s) `pageviews` cannot be queried along with session dimension(s) `visit:exit_page`"
        ),
        (
            added(#""include":{"compare":"last"}"#),
            #"#/include/compare: Expected "previous", "year" or two dates but got "last"."#
        ),
        (
            added(#""include":{"compare":["2026-01-05","2026-01-04"]}"#),
            #"#/include/compare: Expected "previous", "year" or two dates but got ["2026-01-05", "2026-01-04"]."#
        ),
        (
            added(#""dimensions":["time:day","time:hour"],"include":{"compare":"year"}"#),
            "Invalid include.compare: with one time dimension at most."
        ),
        (added(#""include":{"bots":1}"#), "#/include/bots: Type mismatch. Expected Boolean but got Number."),
        (added(#""timezone":"+05:00""#), #"#/timezone: Invalid timezone "+05:00""#),
        (
            added(#""filters":[["is_not","event:goal",["Signup"]]]"#),
            #"#/filters/0: Invalid filter ["is_not", "event:goal", ["Signup"]]"#
        ),
        (
            added(#""filters":[["has_done",["matches","event:goal",["Signup"]]]]"#),
            #"#/filters/0/1: Invalid filter ["matches", "event:goal", ["Signup"]]"#
        ),
        (added(#""filters":[["not",["is","event:goal",["Signup"]]]]"#), notAtTheTop),
        (
            added(#""filters":[["and",[["is","event:goal",["Signup"]],["is","event:page",["/"]]]]]"#), notAtTheTop
        ),
        (
            #"{"site_id":"shop","metrics":["visitors","conversion_rate"],"date_range":"7d"}"#,
            "Metric `conversion_rate` can only be queried with event:goal filters or dimensions."
        ),
        (
            #"{"site_id":"shop","metrics":["group_conversion_rate"],"date_range":"7d","dimensions":["visit:source"],"#
                + #""filters":[["has_done",["is","event:goal",["Signup"]]]]}"#,
            "Metric `group_conversion_rate` can only be queried with event:goal filters or dimensions."
        ),
        (
            #"{"site_id":"shop","metrics":["bounce_rate"],"date_range":"7d","dimensions":["event:goal"]}"#,
            "Session metric(s) `bounce_rate` cannot be queried along with event dimension(s) `event:goal`"
        ),
    ]

    private static let notAtTheTop =
        "Invalid filters. Dimension `event:goal` can only be filtered at the top level."

    /// Members that make valid queries.
    private static let taken = [
        #""metrics":["visitors","conversion_rate"],"filters":[["is","event:goal",["Signup","Any post"]]]"#,
        #""metrics":["group_conversion_rate"],"dimensions":["event:goal","visit:source"]"#,
        #""metrics":["visitors"],"filters":[["contains","event:goal",["sign"],{"case_sensitive":false}]]"#,
        #""metrics":["visitors"],"filters":[["or",[["has_done",["is","event:goal",["Signup"]]],["is","event:page",["/"]]]]]"#,
        #""metrics":["visitors"],"filters":[["has_not_done",["or",[["is","event:goal",["Signup"]],["is","event:page",["/"]]]]]]"#,
        #""metrics":["total_revenue","average_revenue","value"]"#,
    ]

    @Test func goalsAreTakenWherePlausibleTakesThem() throws {
        for members in Self.taken {
            let value = try #require(JSONValue(Array(#"{"site_id":"shop","date_range":"7d",\#(members)}"#.utf8)))
            #expect(detail(of: value) == nil, "\(members)")
        }
    }

    private static func added(_ members: String) -> String { "{\(valid),\(members)}" }

    @Test func areRefusedWithTheirPlace() throws {
        for (text, expected) in Self.refusals {
            let value = try #require(JSONValue(Array(text.utf8)))
            #expect(detail(of: value) == expected, "\(text)")
        }
    }

    /// The text with which a query is refused; nil if it is none.
    private func detail(of value: JSONValue) -> String? {
        do throws(QueryRefusal) {
            let document = try QueryDocument(value)
            let start = Timestamp(milliseconds: 0)
            guard let period = Period(from: start, to: start) else { return nil }
            try Query(document, site: Site.standard, period: period, zone: "UTC").checkCombinations()
            return nil
        } catch {
            return error.detail
        }
    }

    @Test func limitsTheSizeOfFilters() throws {
        let test = #"["is","event:name",["a"]]"#
        let deep = String(repeating: #"["not","#, count: 8) + test + String(repeating: "]", count: 8)
        let many = Array(repeating: test, count: 51).joined(separator: ",")
        let long = #"["is","event:name",[\#(Array(repeating: #""a""#, count: 501).joined(separator: ","))]]"#
        let pattern = #"["matches","event:name",["\#(String(repeating: "a", count: 1001))"]]"#
        for filters in [deep, many, long, pattern] {
            let value = try #require(JSONValue(Array(Self.added(#""filters":[\#(filters)]"#).utf8)))
            #expect(detail(of: value) != nil)
        }
        let most = Array(repeating: test, count: 50).joined(separator: ",")
        let value = try #require(JSONValue(Array(Self.added(#""filters":[\#(most)]"#).utf8)))
        let document = try QueryDocument(value)
        #expect(document.filters.count == 50)
    }

    @Test func anyBytesAreRefusedOrRead() {
        #expect(JSONValue(Array("[".utf8)) == nil)
        #expect(JSONValue(Array(String(repeating: "[", count: 5_000).utf8)) == nil)
        #expect(JSONValue([0xFF, 0x00]) == nil)
    }
}
