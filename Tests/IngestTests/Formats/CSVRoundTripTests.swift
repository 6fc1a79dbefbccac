import Analytics
import Ingest
import Support
import Testing

struct CSVRoundTripTests {
    @Test(arguments: 0..<100)
    func readsBackEveryNotation(seed: Int) throws {
        var writer = CSVWriter(seed: seed)
        writer.writeHeader()
        for _ in 0..<Int.random(in: 0...30, using: &writer.random) { writer.writeRecord() }
        if writer.random.chance(2) { writer.dropLastLineBreak() }
        let bulk = try Bulk(reading: writer.text, .csv)
        #expect(bulk.events == writer.events)
        #expect(bulk.errors.map(\.line) == writer.wrongLines)
    }

    @Test(arguments: 0..<100)
    func survivesAnyBytes(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<50 {
            let bytes = random.bytes(0...60, of: Array("\"\"\",,,\n\n\r5a \0é".utf8))
            let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
            do throws(Bulk.Failure) {
                let bulk = try Bulk(reading: Array("timestamp,user,event\n".utf8) + bytes, .csv)
                #expect(bulk.rejected + bulk.events.count <= lines)
                #expect(bulk.errors.allSatisfy { (2...lines + 1).contains($0.line) })
            } catch {
                guard case .malformed(_, let line) = error else { throw error }
                #expect((2...lines + 1).contains(line))
            }
        }
    }

    @Test(arguments: 0..<50)
    func survivesAnyHeader(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<100 {
            let bytes = random.bytes(0...30, of: [0xEF, 0xBB, 0xBF, 0x22, 0x2C, 0x0A, 0x0D, 0x61])
            #expect(throws: Bulk.Failure.self) { try Bulk(reading: bytes, .csv) }
        }
    }

    @Test func survivesEveryPrefix() throws {
        let header = "timestamp,user,event\r\n"
        let whole = Array("\(header)5,\"a\"\"\r\n,b\",click\r\n\r\n6,b,\"impression\"\r\n".utf8)
        for length in header.utf8.count...whole.count {
            let part = Array(whole[..<length])
            let quotes = part.count { $0 == UInt8(ascii: "\"") }
            // Four of the quotes belong to the user on line 2, whose name contains one.
            if !quotes.isMultiple(of: 2) {
                let line = quotes < 4 ? 2 : 5
                #expect(throws: Bulk.Failure.malformed(Rejection(.body, .openQuote), line: line), "\(length)") {
                    try Bulk(reading: part, .csv)
                }
                continue
            }
            let bulk = try Bulk(reading: part, .csv)
            #expect(bulk.events.count + bulk.rejected <= 2)
        }
        #expect(try Bulk(reading: whole, .csv).events.count == 2)
    }
}

/// A writer of CSV in all the notations that RFC 4180 allows.
private struct CSVWriter {
    var random: SeededGenerator
    var text = ""
    var events: [Event] = []
    var wrongLines: [Int] = []
    private var columns = ["timestamp", "user", "event"]

    init(seed: Int) {
        random = SeededGenerator(seed: UInt64(seed))
    }

    mutating func writeHeader() {
        if random.chance(3) { text += "\u{FEFF}" }
        while random.chance(2) { columns.append("extra,\n\(columns.count)") }
        columns.shuffle(using: &random)
        write(columns)
    }

    /// Writes an event, a blank line, or a record with too few columns.
    mutating func writeRecord() {
        let line = text.utf8.count { $0 == UInt8(ascii: "\n") } + 1
        switch Int.random(in: 0..<6, using: &random) {
        case 0: text += lineBreak()
        case 1:
            wrongLines.append(line)
            write((0..<columns.count - 1).map { _ in random.userText() })
        default:
            let event = Event.sample(
                at: Int.random(in: 0...2_000_000_000, using: &random) * 1_000,
                user: random.userText(),
                kind: Bool.random(using: &random) ? .click : .impression
            )
            events.append(event)
            let values = columns.map { column in
                switch column {
                case "timestamp": String(event.time.milliseconds / 1_000)
                case "user": event.user.text
                case "event": event.kind == .click ? "click" : "impression"
                default: random.chance(2) ? "" : random.userText()
                }
            }
            write(values)
        }
    }

    mutating func dropLastLineBreak() {
        var bytes = Array(text.utf8)
        // The last record ends with CRLF or LF; a blank line before it may stay.
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        text = String(decoding: bytes, as: UTF8.self)
    }

    private mutating func write(_ values: [String]) {
        for (index, value) in values.enumerated() {
            if index > 0 { text += "," }
            let mustBeQuoted = value.utf8.contains { "\",\r\n".utf8.contains($0) }
            if mustBeQuoted || random.chance(3) {
                text += "\""
                for scalar in value.unicodeScalars {
                    text.unicodeScalars.append(scalar)
                    if scalar == "\"" { text.unicodeScalars.append(scalar) }
                }
                text += "\""
            } else {
                text += value
            }
        }
        text += lineBreak()
    }

    private mutating func lineBreak() -> String {
        Bool.random(using: &random) ? "\n" : "\r\n"
    }
}
