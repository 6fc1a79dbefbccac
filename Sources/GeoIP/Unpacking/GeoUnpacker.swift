import Zlib

/// A reader of a downloaded database, piece by piece: a `.mmdb` file, one compressed by gzip, or a tar archive, compressed
/// or not, that contains exactly one file whose name ends in `.mmdb`.
///
/// The kind is told by the content, not by the name.
package struct GeoUnpacker: ~Copyable {
    /// The reason that a download cannot be unpacked.
    package enum Failure: Error, Equatable, CustomStringConvertible {
        /// The gzip stream or the archive is damaged.
        case malformed
        /// The download ends too early.
        case incomplete
        /// The archive has no `.mmdb` file, or several.
        case files(Int)
        /// The unpacked file is larger than `GeoDatabase.largest`.
        case tooLarge

        package var description: String {
            switch self {
            case .malformed: "the download is a damaged archive"
            case .incomplete: "the download is not complete"
            case .files(let count): "the archive contains \(count) files *.mmdb, not one"
            case .tooLarge: "the unpacked file is larger than \(GeoDatabase.largest) bytes"
            }
        }
    }

    /// The bytes that are inflated at once.
    private static let piece = 256 << 10

    private var inflater: Inflater?
    /// The bytes by which the kind is told, until there are enough.
    private var start: [UInt8] = []
    private var hasStarted = false
    /// True behind the end of a gzip member, and without gzip.
    private var isMemberEnd = true
    private var archive = TarReader()
    private var unpacked: Int64 = 0

    package init() {}

    /// Takes a piece of the download, and passes on the bytes of the database in it.
    ///
    /// - Parameters:
    ///   - bytes: The bytes that follow those taken before.
    ///   - write: Called with the bytes of the database.
    /// - Throws: `Failure`, or the error of `write`.
    package mutating func take(_ bytes: [UInt8], write: ([UInt8]) throws -> Void) throws {
        guard hasStarted else {
            start += bytes
            guard start.count >= 2 else { return }
            hasStarted = true
            if start.starts(with: [0x1F, 0x8B]) { inflater = try Inflater() }
            let first = start
            start = []
            return try take(first, write: write)
        }
        if inflater == nil { try pass(bytes, write) } else { try inflate(bytes, write) }
    }

    /// Ends the download.
    ///
    /// - Parameter write: Called with the bytes of the database that have been held back.
    /// - Throws: `Failure.incomplete` or `files`, or the error of `write`.
    package mutating func finish(write: ([UInt8]) throws -> Void) throws {
        guard hasStarted, isMemberEnd else { throw Failure.incomplete }
        try archive.finish(write: write)
    }

    private mutating func inflate(_ bytes: [UInt8], _ write: ([UInt8]) throws -> Void) throws {
        var position = 0
        var mayHaveMore = false
        while position < bytes.count || mayHaveMore {
            // Zero bytes behind a member are padding.
            if isMemberEnd, position < bytes.count, bytes[position] == 0 {
                position += 1
                continue
            }
            let piece = try inflatedPiece(of: bytes, from: &position, &mayHaveMore)
            if !piece.isEmpty { try pass(piece, write) }
        }
    }

    /// Inflates as many bytes as a piece has.
    ///
    /// - Parameters:
    ///   - bytes: Compressed bytes.
    ///   - position: The position of the first that has not been read.
    ///   - mayHaveMore: Set to true if there was no room for all that can be inflated.
    /// - Returns: The inflated bytes.
    /// - Throws: `Failure.malformed`
    private mutating func inflatedPiece(
        of bytes: [UInt8],
        from position: inout Int,
        _ mayHaveMore: inout Bool
    ) throws(Failure) -> [UInt8] {
        do throws(Inflater.Failure) {
            return try [UInt8](capacity: Self.piece) { output throws(Inflater.Failure) in
                let rest = bytes.span.extracting(position...)
                guard let step = try inflater?.inflate(rest, into: &output) else { return }
                position += step.read
                isMemberEnd = step.isMemberEnd
                mayHaveMore = output.freeCapacity == 0 && !step.isMemberEnd
            }
        } catch {
            throw .malformed
        }
    }

    private mutating func pass(_ bytes: [UInt8], _ write: ([UInt8]) throws -> Void) throws {
        try archive.take(bytes[...]) { part in
            unpacked += Int64(part.count)
            guard unpacked <= GeoDatabase.largest else { throw Failure.tooLarge }
            try write(part)
        }
    }
}
