import Analytics
import Ingest
import Subprocess
import Support
import Testing

/// Texts with one mistake: whatever it does to the records, each of them is counted in the result.
@Suite(.needsPostgres)
struct CSVCountTests {
    private static let header = "timestamp,user,event\n"

    /// PostgreSQL's COPY gives the number of records, or fails if it cannot be known.
    @Test(arguments: 0..<8)
    func countsTheRecordsThatCOPYSees(seed: Int) async throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let texts = (0..<60).map { _ in mutated(&random) }
        let counts = try await Self.counts(of: texts)
        try #require(counts.count == texts.count)
        for (text, count) in zip(texts, counts) {
            let comment = Comment(rawValue: text.debugDescription)
            do throws(Bulk.Failure) {
                let bulk = try Bulk(reading: Self.header + text, .csv)
                #expect(bulk.events.count + bulk.rejected == count, comment)
            } catch {
                guard case .malformed(let rejection, let line) = error else { throw error }
                #expect(rejection == Rejection(.body, .openQuote), comment)
                #expect(count == nil, comment)
                #expect((2...text.utf8.count { $0 == UInt8(ascii: "\n") } + 2).contains(line), comment)
            }
        }
    }

    /// Some records with one character removed or inserted.
    private func mutated(_ random: inout SeededGenerator) -> String {
        var bytes: [UInt8] = []
        for number in 0..<Int.random(in: 1...6, using: &random) {
            let users = ["a", "\"a\"", "\"a,b\"", "\"a\nb\"", "\"a\"\"b\"", "\"\"\"\"", "\"\n\"\"\n\""]
            let user = users[Int.random(in: 0..<users.count, using: &random)]
            let kind = random.chance(4) ? "\"click\"" : "click"
            bytes += Array("\(number),\(user),\(kind)\n".utf8)
        }
        let special = Array("\"\"\",\n".utf8)
        let places = bytes.indices.filter { special.contains(bytes[$0]) }
        if random.chance(2), !places.isEmpty {
            bytes.remove(at: places[Int.random(in: 0..<places.count, using: &random)])
        } else {
            let byte = special[Int.random(in: 0..<special.count, using: &random)]
            bytes.insert(byte, at: Int.random(in: 0...bytes.count, using: &random))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The number of records of each text, without header and blank lines; nil if COPY refuses the text.
    private static func counts(of texts: [String]) async throws -> [Int?] {
        var script = "CREATE TEMP TABLE copied (line text);\n"
        for text in texts {
            // With a delimiter that does not occur, a record with any number of fields fits into one column.
            script += "TRUNCATE copied;\nCOPY copied FROM STDIN (FORMAT csv, DELIMITER E'\\x01');\n"
            script += header + text + "\n\\.\nSELECT count(line) - 1 FROM copied;\n"
        }
        let url = try TestServer.url(database: "postgres")
        let result = try await Subprocess.run(
            .name("psql"),
            arguments: ["-X", "-q", "-A", "-t", "-d", "\(url)"],
            input: .string(script),
            output: .string(limit: 1 << 16),
            error: .discarded
        )
        return result.standardOutput.split(separator: "\n").compactMap { Int($0) }.map { $0 < 0 ? nil : $0 }
    }
}
