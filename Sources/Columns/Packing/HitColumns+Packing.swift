import Analytics

extension HitColumns {
    /// Writes the times, kinds, and reports of engagement of hits that follow each other.
    func pack(_ hits: Range<Int>, _ writer: inout NumberWriter) {
        var last: Int32 = 0
        for hit in hits {
            let scroll = scroll(of: hit), engaged = engaged(of: hit)
            let has: UInt64 = (scroll == nil ? 0 : 8) | (engaged == nil ? 0 : 16)
            writer.put(UInt64(mark(of: hit)) | has)
            writer.put(UInt64(times[hit] - last))
            last = times[hit]
            if let scroll { writer.put(UInt64(scroll)) }
            if let engaged { writer.put(UInt64(engaged)) }
        }
    }

    /// Writes values and properties.
    func packDetails(_ currencyTexts: [String?], _ writer: inout NumberWriter) {
        writer.put(UInt64(valued.count))
        var last: UInt32 = 0
        for (place, hit) in valued.enumerated() {
            writer.put(UInt64(hit - last))
            last = hit
            writer.put(signed: values[place])
            writer.put(currencyTexts[Int(currencies[place])] ?? "")
        }
        writer.put(UInt64(propTexts.count))
        for text in propTexts { writer.put(text) }
        writer.put(UInt64(described.count))
        last = 0
        for (place, hit) in described.enumerated() {
            writer.put(UInt64(hit - last))
            last = hit
            writer.put(UInt64(props[place]))
        }
    }

    /// Reads a run.
    mutating func unpack(
        _ head: RunHead,
        into runs: inout RunColumns,
        day: Int,
        _ reader: inout NumberReader
    ) throws(PackedPartError) {
        var run: Run?
        let first = count
        var time = 0
        guard head.length > 0 else { throw .damaged }
        for _ in 0..<head.length {
            let row = try unpackRow(after: &time, &reader)
            let hit = VisitHit(
                visitor: Visitor(rawValue: head.visitor),
                time: Timestamp(milliseconds: day * Part.length + time),
                kind: row.kind,
                isDated: head.isDated,
                isInteractive: row.isInteractive
            )
            if run == nil { run = Run(hit, at: first) } else { run?.add(hit, at: count) }
            append(row, at: time)
        }
        if let run { runs.append(run, day: day) }
    }

    mutating func unpackLoose(_ reader: inout NumberReader) throws(PackedPartError) {
        var time = 0
        let row = try unpackRow(after: &time, &reader)
        append(row, at: time)
    }

    private struct PackedRow {
        let kind: HitKind
        let mark: UInt8
        let scroll: Int16?
        let engaged: Int32?

        var isInteractive: Bool { mark != kind.rawValue }
    }

    private func unpackRow(
        after time: inout Int,
        _ reader: inout NumberReader
    ) throws(PackedPartError) -> PackedRow {
        let mark = try reader.number()
        let passed = try reader.number()
        guard mark < 32, passed < UInt64(Part.length), time + Int(passed) < Part.length,
            let kind = HitKind(rawValue: UInt8(mark & 3))
        else { throw .damaged }
        time += Int(passed)
        return PackedRow(
            kind: kind,
            mark: UInt8(mark & 7),
            scroll: mark & 8 == 0 ? nil : Int16(clamping: try reader.number()),
            engaged: mark & 16 == 0 ? nil : Int32(clamping: try reader.number())
        )
    }

    private mutating func append(_ row: PackedRow, at time: Int) {
        append(at: Int32(truncatingIfNeeded: time), mark: row.mark, scroll: row.scroll, engaged: row.engaged)
    }

    /// Reads values and properties.
    mutating func unpackDetails(
        _ reader: inout NumberReader,
        _ currency: (String) -> UInt32
    ) throws(PackedPartError) {
        var last = 0
        for _ in 0..<(try reader.count()) {
            last = try place(after: last, &reader)
            take(value: try reader.signed(), in: currency(try reader.text()), of: last)
        }
        var texts: [String] = []
        for _ in 0..<(try reader.count()) { texts.append(try reader.text()) }
        take(propTexts: texts)
        last = 0
        for _ in 0..<(try reader.count()) {
            last = try place(after: last, &reader)
            let text = try reader.number()
            guard text < UInt64(texts.count) else { throw .damaged }
            take(props: UInt32(truncatingIfNeeded: text), of: last)
        }
    }

    private func place(after last: Int, _ reader: inout NumberReader) throws(PackedPartError) -> Int {
        let distance = try reader.number()
        guard distance < UInt64(count), last + Int(distance) < count else { throw .damaged }
        return last + Int(distance)
    }
}
