extension Span<UInt8> {
    /// The length of the byte order mark that UTF-8 text may begin with, in bytes: 3 or 0.
    ///
    /// Editors and spreadsheets put it there, and it belongs to no value.
    package var markLength: Int {
        count >= 3 && self[0] == 0xEF && self[1] == 0xBB && self[2] == 0xBF ? 3 : 0
    }
}
