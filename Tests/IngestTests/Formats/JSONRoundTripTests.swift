import Analytics
import Ingest
import Support
import Testing

struct JSONRoundTripTests {
    @Test(arguments: 0..<200)
    func readsBackEveryNotation(seed: Int) throws {
        var writer = JSONWriter(seed: seed)
        for _ in 0..<20 {
            let (text, event) = writer.object()
            #expect(try Event(json: Array(text.utf8)) == event, "\(text)")
        }
    }

    @Test(arguments: 0..<20)
    func readsBackArrays(seed: Int) throws {
        var writer = JSONWriter(seed: seed)
        let objects = (0..<seed).map { _ in writer.object() }
        let body = "[" + objects.map(\.text).joined(separator: ",") + "]"
        #expect(try Bulk(reading: body, .jsonArray).events == objects.map(\.event))
    }
}

/// A writer of objects in all the notations that RFC 8259 allows.
private struct JSONWriter {
    var random: SeededGenerator

    init(seed: Int) {
        random = SeededGenerator(seed: UInt64(seed))
    }

    mutating func object() -> (text: String, event: Event) {
        let event = Event.sample(
            at: Int.random(in: 0...2_000_000_000, using: &random) * 1_000,
            user: random.userText(),
            kind: Bool.random(using: &random) ? .click : .impression
        )
        let seconds = String(event.time.milliseconds / 1_000)
        let timestamp = random.chance(2) ? seconds : string(seconds)
        var members = [
            ("timestamp", timestamp), ("user", string(event.user.text)),
            ("event", string(event.kind == .click ? "click" : "impression")),
        ]
        members.shuffle(using: &random)
        var written: [String] = []
        for (key, value) in members {
            while random.chance(3) {
                written.append(member(string("other " + random.userText()), self.value(depth: 0)))
            }
            if random.chance(4) { written.append(member("\"\(key)\"", "null")) }
            written.append(member("\"\(key)\"", value))
        }
        // Repetitions of a key are ignored.
        while random.chance(2) { written.append(member("\"\(members[0].0)\"", value(depth: 0))) }
        return (space() + "{" + space() + written.joined(separator: ",") + "}" + space(), event)
    }

    private mutating func member(_ key: String, _ value: String) -> String {
        space() + key + space() + ":" + space() + value + space()
    }

    private mutating func value(depth: Int) -> String {
        switch Int.random(in: 0..<(depth < 4 ? 8 : 6), using: &random) {
        case 0: return "true"
        case 1: return "false"
        case 2: return "null"
        case 3: return String(Int.random(in: -1_000...1_000, using: &random))
        case 4: return String(Double.random(in: -1...1, using: &random) * (random.chance(2) ? 1e30 : 1))
        case 5: return string(random.userText())
        case 6:
            let values = (0..<Int.random(in: 0...3, using: &random)).map { _ in
                space() + value(depth: depth + 1) + space()
            }
            return "[" + values.joined(separator: ",") + "]"
        default:
            let keys = ["timestamp", "user", "event", "a"].shuffled(using: &random)
            let members = keys.prefix(Int.random(in: 0...3, using: &random)).map {
                member("\"\($0)\"", value(depth: depth + 1))
            }
            return "{" + members.joined(separator: ",") + "}"
        }
    }

    /// Escapes the characters that must be escaped, and at random others.
    private mutating func string(_ text: String) -> String {
        var written = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\n", random.chance(2) {
                written += "\\n"
            } else if scalar == "/", random.chance(2) {
                written += "\\/"
            } else if scalar == "\"" || scalar == "\\", random.chance(2) {
                written += "\\\(scalar)"
            } else if scalar.value < 0x20 || scalar == "\"" || scalar == "\\" || random.chance(4) {
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16, uppercase: Bool.random(using: &random))
                    written += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
                }
            } else {
                written.unicodeScalars.append(scalar)
            }
        }
        return written + "\""
    }

    private mutating func space() -> String {
        random.chance(3) ? String([" ", "\t", "\r", "\n"][Int.random(in: 0..<4, using: &random)]) : ""
    }
}
