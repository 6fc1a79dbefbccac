// sources: Sources/Spool/CRC32C.swift Sources/Spool/Record.swift Sources/Spool/RecordScanner.swift

import Analytics

/// A segment of the spool, and the body of a record after a head with the right checksums.
func examine(_ bytes: Span<UInt8>) {
    let bytes = bytes.indices.map { bytes[$0] }
    scan(bytes)
    for layout in 1...(StoredLayout.current + 1) { scan(record(bytes, layout)) }
}

private func record(_ bytes: [UInt8], _ layout: UInt8) -> [UInt8] {
    var head = Record.mark(of: layout)
    head.append(bigEndian: UInt32(truncatingIfNeeded: bytes.count))
    head.append(bigEndian: CRC32C.checksum(bytes.span))
    head.append(bigEndian: CRC32C.checksum(head.span))
    return head + bytes
}

private func scan(_ bytes: [UInt8]) {
    var scanner = RecordScanner(bytes)
    while true {
        switch scanner.next() {
        case .record(let record, _): precondition(record.parts >= 0 && !record.bytes.isEmpty)
        case .damage: continue
        case .unknown, .incomplete, .end: return
        }
    }
}
