/// A reader of one `.mmdb` file, by itself or in a tar archive (ustar, POSIX.1-1988), piece by piece.
struct TarReader {
    typealias Failure = GeoUnpacker.Failure

    private enum State {
        /// The kind is not known yet.
        case start
        /// No archive: everything belongs to the file.
        case file
        /// Within or before a header.
        case header
        /// Within the contents of a file: the bytes that are left, and those of the padding behind them.
        case contents(Int, padding: Int, isWanted: Bool)
        /// Behind the header of zeros that ends an archive.
        case end
    }

    /// The bytes of a header, of which the contents are a multiple.
    private static let block = 512

    private var state = State.start
    /// The part of a header that has been read.
    private var header: [UInt8] = []
    private var files = 0

    /// Takes a piece, and passes on the bytes of the file in it.
    ///
    /// - Parameters:
    ///   - bytes: The bytes that follow those taken before.
    ///   - write: Called with the bytes of the file.
    /// - Throws: `Failure`, or the error of `write`.
    mutating func take(_ bytes: ArraySlice<UInt8>, write: ([UInt8]) throws -> Void) throws {
        var rest = bytes
        while !rest.isEmpty {
            switch state {
            case .file:
                return try write(Array(rest))
            case .end:
                return
            case .start, .header:
                let part = rest.prefix(Self.block - header.count)
                header += part
                rest = rest.dropFirst(part.count)
                if header.count == Self.block { try readHeader(write) }
            case .contents(let left, let padding, let isWanted):
                let part = rest.prefix(left)
                rest = rest.dropFirst(part.count)
                let skipped = left == part.count ? min(padding, rest.count) : 0
                rest = rest.dropFirst(skipped)
                let isDone = part.count + skipped == left + padding
                state = isDone ? .header : .contents(left - part.count, padding: padding - skipped, isWanted: isWanted)
                if isWanted, !part.isEmpty { try write(Array(part)) }
            }
        }
    }

    /// Ends the file.
    ///
    /// - Throws: `Failure.incomplete` or `files`, or the error of `write`.
    mutating func finish(write: ([UInt8]) throws -> Void) throws {
        switch state {
        // Smaller than a header.
        case .start: try write(header)
        case .file: break
        case .contents: throw Failure.incomplete
        case .header where !header.isEmpty: throw Failure.incomplete
        case .header, .end: guard files == 1 else { throw Failure.files(files) }
        }
    }

    private mutating func readHeader(_ write: ([UInt8]) throws -> Void) throws {
        let header = self.header
        self.header = []
        if case .start = state, !header[257...].starts(with: "ustar".utf8) {
            state = .file
            return try write(header)
        }
        guard header.contains(where: { $0 != 0 }) else {
            state = .end
            return
        }
        guard let size = Self.octal(header[124..<136]), Self.octal(header[148..<156]) == Self.checksum(header) else {
            throw Failure.malformed
        }
        let isWanted = Self.isDatabase(header)
        files += isWanted ? 1 : 0
        guard files <= 1 else { throw Failure.files(files) }
        let padding = (Self.block - size % Self.block) % Self.block
        state = size == 0 ? .header : .contents(size, padding: padding, isWanted: isWanted)
    }

    /// True for the header of a regular file whose name ends in `.mmdb`; macOS adds others that begin with `._`.
    private static func isDatabase(_ header: [UInt8]) -> Bool {
        guard header[156] == 0 || header[156] == UInt8(ascii: "0") else { return false }
        let name = header[..<100].prefix { $0 != 0 }
        let last = name.suffix(while: { $0 != UInt8(ascii: "/") })
        return last.suffix(5).elementsEqual(".mmdb".utf8) && !last.starts(with: "._".utf8)
    }

    /// A number in octal digits, which end with a blank or zero; nil for anything else.
    private static func octal(_ field: ArraySlice<UInt8>) -> Int? {
        let digits = field.drop { $0 == UInt8(ascii: " ") }.prefix { $0 != 0 && $0 != UInt8(ascii: " ") }
        guard !digits.isEmpty, digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }) else {
            return nil
        }
        return digits.reduce(0) { $0 << 3 | Int($1 & 7) }
    }

    /// The sum of the bytes, with blanks where the sum itself is.
    private static func checksum(_ header: [UInt8]) -> Int {
        header.enumerated().reduce(0) { $0 + ((148..<156).contains($1.offset) ? 32 : Int($1.element)) }
    }
}

extension ArraySlice<UInt8> {
    /// The longest end whose bytes all satisfy a condition.
    fileprivate func suffix(while condition: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        self[(lastIndex { !condition($0) }.map { $0 + 1 } ?? startIndex)...]
    }
}
