/// The assignments of an environment file such as `.env`: lines `NAME=value`, as dotenv, Docker Compose and systemd
/// read them.
///
/// A value may stand in single quotes, which keep all between them, or in double quotes, in which `\n`, `\r`, `\t`,
/// `\"`, `\\`, `\$` and `` \` `` are escapes; quoted values may span lines. Without quotes a value ends with the line
/// or at a `#` behind a blank, and is trimmed. `$` is an ordinary character: variables are not expanded. The last
/// assignment of a name counts.
package struct EnvironmentFile: Equatable, Sendable {
    /// The first mistake in a file.
    package struct Malformed: Error, Equatable, CustomStringConvertible {
        /// The line that the assignment begins in, counted from 1.
        package let line: Int
        /// The name that is assigned there; nil where there is none: any other text may be a part of a secret.
        package let name: String?
        package let reason: String

        package var description: String { "line \(line)\(name.map { " (\($0))" } ?? ""): \(reason)" }
    }

    private(set) var values: [String: String] = [:]

    /// Parses the content of a file, with or without a byte order mark and with any line endings.
    init(parsing bytes: [UInt8]) throws(Malformed) {
        let text = Self.withoutMarkAndReturns(bytes)
        for (index, line) in text.split(separator: UInt8.newline, omittingEmptySubsequences: false).enumerated() {
            guard String(validating: line, as: UTF8.self) != nil, !line.contains(0) else {
                throw Malformed(line: index + 1, name: nil, reason: "is not text in UTF-8")
            }
        }
        var scanner = EnvironmentScanner(text[...])
        while let (name, value) = try scanner.assignment() { values[name] = value }
    }

    private static func withoutMarkAndReturns(_ bytes: [UInt8]) -> [UInt8] {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        var previous: UInt8?
        for byte in bytes.dropFirst(bytes.starts(with: mark) ? mark.count : 0) {
            let isReturn = byte == UInt8(ascii: "\r")
            if byte != .newline || previous != UInt8(ascii: "\r") { text.append(isReturn ? .newline : byte) }
            previous = byte
        }
        return text
    }
}
