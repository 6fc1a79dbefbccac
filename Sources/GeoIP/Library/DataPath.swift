/// The way from a map of a database to a value in it: keys, and indices of arrays as texts.
///
/// The pointers are made once and never freed or changed, so all threads may use them.
@safe
struct DataPath: @unchecked Sendable {
    /// The keys as C strings, with nil behind the last, as libmaxminddb takes them.
    let keys: UnsafePointer<UnsafePointer<CChar>?>

    init(_ keys: StaticString...) {
        let list = UnsafeMutablePointer<UnsafePointer<CChar>?>.allocate(capacity: keys.count + 1)
        // The memory has room for each key and nil. A literal is kept by the program as a C string, for ever.
        unsafe list.initialize(repeating: nil, count: keys.count + 1)
        for (index, key) in keys.enumerated() {
            let start = unsafe UnsafeRawPointer(key.utf8Start)
            unsafe list[index] = unsafe start.assumingMemoryBound(to: CChar.self)
        }
        unsafe self.keys = UnsafePointer(list)
    }
}
