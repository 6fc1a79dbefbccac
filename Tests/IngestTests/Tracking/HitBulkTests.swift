import Analytics
import Ingest
import Testing

struct HitBulkTests {
    private static let formats: [Bulk.Format] = [.csv, .ndjson, .jsonArray]

    @Test func readsColumnsInAnyOrder() throws {
        let lines = [
            "\u{FEFF}props.plan,other,url,\"props.\"\"x\"\"\",user,name,name", "pro,x,/a,1,ann,click,view", "",
            ",,\"/b, c\",\"\",\"\",,", "",
        ]
        let bulk = try HitBulk(lines.joined(separator: "\r\n"), .csv)
        let hits = bulk.rows.rows
        try #require(hits.count == 2)
        #expect(hits[0].props == #"{"plan":"pro","\"x\"":"1"}"#)
        #expect(hits[0].url?.rawPath == "/a")
        #expect(hits[0].user == User(stored: "ann"))
        #expect(hits[0].name == "click")
        var empty = HitInput()
        empty.url = PageURL(host: nil, rawPath: "/b, c")
        #expect(hits[1] == empty)
    }

    @Test(arguments: ["", "a,b\n1,2\n", "props.\nx\n", "Name\nx\n", "\"name\nx\n"])
    func refusesAHeaderWithoutFields(text: String) throws {
        let error = #expect(throws: Bulk.Failure.self) { try HitBulk(text, .csv) }
        guard case .malformed(let rejection, let line) = error else { return }
        #expect(line == 1)
        #expect(rejection.reason == (text.hasPrefix("\"") ? .openQuote : .unknownColumns))
    }

    @Test(arguments: formats)
    func numbersTheRejectedLines(format: Bulk.Format) throws {
        let bulk = try HitBulk(body(format, ["a", "", "b", "", "c"]), format)
        let first = format == .csv ? 2 : 1
        #expect(bulk.rows.rows.map(\.name) == ["a", "b", "c"])
        #expect(bulk.rows.errors.map(\.line) == [first + 1, first + 3])
        #expect(bulk.rows.rejections == [Rejection(.user, .tooLong): 2])
    }

    @Test(arguments: formats)
    func takesAsManyAsAllowed(format: Bulk.Format) throws {
        #expect(try HitBulk(body(format, ["a", "b", "c"]), format, limit: 3).rows.rows.count == 3)
        #expect(throws: Bulk.Failure.tooManyEvents(limit: 3)) {
            try HitBulk(body(format, ["a", "b", "c", "d"]), format, limit: 3)
        }
    }

    @Test func refusesABodyThatIsMalformedFromALineOn() {
        #expect(throws: Bulk.Failure.malformed(Rejection(.body, .malformedJSON), line: 2)) {
            try HitBulk(#"[{"name":"a"},{"name":]"#, .jsonArray)
        }
        #expect(throws: Bulk.Failure.malformed(Rejection(.body, .openQuote), line: 3)) {
            try HitBulk("name\na\n\"b\n", .csv)
        }
    }

    @Test func countsWhatIsTrimmed() throws {
        let bulk = try HitBulk(#"{"value":"x","city":5}"# + "\n" + #"{"value":"x","scroll":1}"#, .ndjson)
        #expect(bulk.trimmed == [.value: 2, .scroll: 1])
    }

    /// The lines that are rejected later are listed among those that were before, a hundred in all.
    @Test(arguments: formats, [3, 300])
    func rejectsLinesLater(format: Bulk.Format, count: Int) throws {
        let names = (0..<count).flatMap { ["a\($0)", "", "b\($0)"] }
        let bulk = try HitBulk(body(format, names), format)
        let refusal = Rejection(.key, .unknownKey)
        let mapped = bulk.rows.map { (hit) throws(Rejection) -> String in
            if hit.name.hasPrefix("b") { throw refusal }
            return hit.name
        }
        #expect(mapped.rows == (0..<count).map { "a\($0)" })
        #expect(mapped.rejections == [Rejection(.user, .tooLong): count, refusal: count])
        let first = format == .csv ? 2 : 1
        let lines: [Int] = (0..<count).flatMap { number in [1, 2].map { first + 3 * number + $0 } }
        #expect(mapped.errors.map(\.line) == Array(lines.prefix(100)))
        #expect(mapped.errors[1].rejection == refusal)

        var stored = mapped
        stored.reject(rows: [0, count - 1, count], Rejection(.body, .refusedByDatabase))
        #expect(stored.rows == (1..<count - 1).map { "a\($0)" })
        #expect(stored.errors.first?.line == first)
        #expect(stored.errors.count == min(2 * count + 2, 100))
    }

    @Test func estimatesItsMemory() throws {
        let title = String(repeating: "t", count: 300)
        let lines = [String](repeating: #"{"title":"\#(title)"}"#, count: 10)
        let bulk = try HitBulk(lines.joined(separator: "\n"), .ndjson)
        #expect(bulk.bytesOfHits >= 10 * (300 + MemoryLayout<HitInput>.size))
    }

    /// A body of hits with these names; an empty one stands for a hit with an invalid user.
    private func body(_ format: Bulk.Format, _ names: [String]) -> String {
        let user = String(repeating: "u", count: 257)
        let objects = names.map { $0.isEmpty ? #"{"user":"\#(user)"}"# : #"{"name":"\#($0)"}"# }
        return switch format {
        case .csv: "name,user\n" + names.map { $0.isEmpty ? "x,\(user)\n" : "\($0),\n" }.joined()
        case .ndjson: objects.joined(separator: "\n")
        case .jsonArray: "[" + objects.joined(separator: ",") + "]"
        }
    }
}
