// package
import GeoIP

/// A download of a GeoIP database, in two pieces that give the same as one.
func examine(_ bytes: Span<UInt8>) {
    let bytes = bytes.indices.map { bytes[$0] }
    let cut = bytes.count / 2
    let whole = unpacked([bytes])
    let pieces = unpacked([Array(bytes[..<cut]), Array(bytes[cut...])])
    precondition(whole == pieces)
}

/// The database in a download; nil if it cannot be unpacked.
private func unpacked(_ pieces: [[UInt8]]) -> [UInt8]? {
    var unpacker = GeoUnpacker()
    var unpacked: [UInt8] = []
    do {
        for piece in pieces { try unpacker.take(piece) { unpacked += $0 } }
        try unpacker.finish { unpacked += $0 }
        return unpacked
    } catch {
        return nil
    }
}
