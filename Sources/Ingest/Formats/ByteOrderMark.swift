extension Span<UInt8> {
    /// The length of the UTF-8 byte order mark at the start, in bytes: 3 or 0.
    ///
    /// Editors and spreadsheets write it; it is not part of any value.
    package var markLength: Int {
        count >= 3 && self[0] == 0xEF && self[1] == 0xBB && self[2] == 0xBF ? 3 : 0
    }
}
