import Analytics
import Testing

@testable import Server

/// The refusals of questions about journeys that are no valid documents.
struct JourneyDocumentTests {
    private static let common = #""site_id":"shop","date_range":"7d""#

    private static func members(_ text: String) throws -> [String: JSONValue] {
        try #require(JSONValue(Array("{\(text)}".utf8))?.object)
    }

    private static let funnels: [(String, String)] = [
        (#""date_range":"7d","steps":[]"#, "#: Required property site_id was not present."),
        (#""site_id":"shop","steps":[]"#, "#: Required property date_range was not present."),
        (common, "#: Required property steps was not present."),
        (#"\#(common),"steps":{}"#, "#/steps: Type mismatch. Expected Array but got Object."),
        (#"\#(common),"steps":[{"page":"/"}]"#, "#/steps: Expected 2 to 8 items but got 1."),
        (
            #"\#(common),"steps":[\#(Array(repeating: #"{"page":"/"}"#, count: 9).joined(separator: ","))]"#,
            "#/steps: Expected 2 to 8 items but got 9."
        ),
        (steps(#""a""#), "#/steps/1: Type mismatch. Expected Object but got String."),
        (steps(#"{"pages":"/"}"#), "#/steps/1/pages: Schema does not allow additional properties."),
        (steps(#"{"page":7}"#), "#/steps/1/page: Type mismatch. Expected String but got Number."),
        (
            steps(#"{"page":"blog"}"#),
            "#/steps/1/page: not a pattern of paths such as /blog/*, of up to 500 bytes without control characters"
        ),
        (steps(#"{"page":"/","event":"a"}"#), "#/steps/1/page: given beside event"),
        (steps("{}"), "#/steps/1/event: missing: a goal is an event or a page"),
        (steps(#"{"page":"/","scroll":0}"#), "#/steps/1/scroll: not a whole number from 1 to 100"),
        (steps(#"{"page":"/","scroll":"5"}"#), "#/steps/1/scroll: Type mismatch. Expected Integer but got String."),
        (steps(#"{"goal":1,"page":"/"}"#), "#/steps/1: Expected no other member beside goal."),
        (steps(#"{"goal":true}"#), "#/steps/1/goal: Type mismatch. Expected String but got Boolean."),
        (
            steps(#"{"event":"a","properties":{"b":1}}"#),
            "#/steps/1/properties/b: Type mismatch. Expected String but got Number."
        ),
        (steps(#"{"page":"/"}"#, #""order":1"#), "#/order: Schema does not allow additional properties."),
        (
            steps(#"{"page":"/"}"#, #""within":{"days":91}"#),
            #"#/within: Expected "visit" or {"days": 1 to 90} but got {"days": 91}."#
        ),
        (
            steps(#"{"page":"/"}"#, #""within":"day""#),
            #"#/within: Expected "visit" or {"days": 1 to 90} but got "day"."#
        ),
        (
            steps(#"{"page":"/"}"#, #""include":{"compare":"year"}"#),
            "#/include/compare: Schema does not allow additional properties."
        ),
        (
            steps(#"{"page":"/"}"#, #""include":{"bots":1}"#),
            "#/include/bots: Type mismatch. Expected Boolean but got Number."
        ),
        (steps(#"{"page":"/"}"#, #""filters":[["is"]]"#), #"#/filters/0: Invalid filter ["is"]"#),
        (steps(#"{"page":"/"}"#, #""timezone":"+05""#), #"#/timezone: Invalid timezone "+05""#),
    ]

    /// A funnel whose second step is of some form, with other members.
    private static func steps(_ step: String, _ others: String? = nil) -> String {
        #"\#(common),"steps":[{"goal":"Paid"},\#(step)]"# + (others.map { "," + $0 } ?? "")
    }

    @Test(arguments: funnels)
    func faultyFunnelsAreRefused(text: String, detail: String) throws {
        let members = try Self.members(text)
        let refusal = #expect(throws: QueryRefusal.self) { try FunnelDocument(members) }
        #expect(refusal?.detail == detail)
    }

    private static let others: [(String, String)] = [
        (common, "#: Required property cohort was not present."),
        (
            #"\#(common),"cohort":"hour""#,
            #"#/cohort: Expected "day", "week", "week:sunday" or "month" but got "hour"."#
        ),
        (#"\#(common),"cohort":"day","start":[]"#, "#/start: Type mismatch. Expected Object but got Array."),
        (
            #"\#(common),"cohort":"day","return":{"page":""}"#,
            "#/return/page: not a pattern of paths such as /blog/*, of up to 500 bytes without control characters"
        ),
        (#"\#(common),"cohort":"day","steps":[]"#, "#/steps: Schema does not allow additional properties."),
    ]

    @Test(arguments: others)
    func faultyRetentionIsRefused(text: String, detail: String) throws {
        let members = try Self.members(text)
        let refusal = #expect(throws: QueryRefusal.self) { try RetentionDocument(members) }
        #expect(refusal?.detail == detail)
    }

    private static let paths: [(String, String)] = [
        (common, "#: Required property page was not present."),
        (#"\#(common),"page":3"#, "#/page: Type mismatch. Expected String but got Number."),
        (#"\#(common),"page":"""#, "#/page: Expected 1 to 1000 bytes."),
        (#"\#(common),"page":"/","pagination":{"limit":0}"#, "#/pagination/limit: Expected the value to be >= 1"),
        (#"\#(common),"page":"/","depth":2"#, "#/depth: Schema does not allow additional properties."),
    ]

    @Test(arguments: paths)
    func faultyPathsAreRefused(text: String, detail: String) throws {
        let members = try Self.members(text)
        let refusal = #expect(throws: QueryRefusal.self) { try PathDocument(members) }
        #expect(refusal?.detail == detail)
    }

    @Test func membersMayBeMissing() throws {
        let funnel = try FunnelDocument(try Self.members(Self.steps(#"{"goal":3}"#)))
        #expect(funnel.window == .visit)
        #expect(funnel.steps == [.name("Paid"), .id(3)])
        let path = try PathDocument(try Self.members(#"\#(Self.common),"page":"/a*""#))
        #expect(path.limit == 100 && path.offset == 0 && path.page == "/a*")
        #expect(!path.journey.includesBots && path.journey.zone == nil && path.journey.filters.isEmpty)
    }
}
