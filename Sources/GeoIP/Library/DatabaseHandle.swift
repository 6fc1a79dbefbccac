import CMaxMindDB
import SystemPackage

#if canImport(Glibc)
    import Glibc
#endif

/// An open database of libmaxminddb.
///
/// It is only read after it has been opened, so all threads may look up in it; nothing of it is kept longer than it is.
@safe
struct DatabaseHandle: ~Copyable, @unchecked Sendable {
    /// A value of a database.
    enum Value {
        case text(String)
        case number(Int)
        case real(Double)
        case bool(Bool)
        /// A map or an array, with its position.
        case composite(UInt32)
    }

    /// The longest text that is taken, in bytes: no name of a place comes near it.
    private static let longestText = 255

    /// The database, allocated separately because it must not move: each entry has its address.
    private let database: UnsafeMutablePointer<MMDB_s>

    /// Maps a file, which must not change from then on, and stays mapped when it is closed.
    ///
    /// - Parameter file: The file, whose metadata has been checked: libmaxminddb reads it by recursion.
    /// - Throws: `GeoFailure.damaged` or `unreadable`.
    init(_ file: FileDescriptor) throws(GeoFailure) {
        let database = UnsafeMutablePointer<MMDB_s>.allocate(capacity: 1)
        unsafe database.initialize(to: unsafe MMDB_s())
        // The name is passed for the duration of the call, and the library sets all fields if it succeeds.
        let code = unsafe MMDB_open("/proc/self/fd/\(file.rawValue)", UInt32(MMDB_MODE_MMAP), database)
        guard code == MMDB_SUCCESS else {
            // Initialised above; the library has freed what it had allocated.
            unsafe database.deinitialize(count: 1)
            unsafe database.deallocate()
            // A static text of the library.
            let reason = unsafe String(cString: MMDB_strerror(code))
            throw code == MMDB_FILE_OPEN_ERROR || code == MMDB_IO_ERROR || code == MMDB_OUT_OF_MEMORY_ERROR
                ? .unreadable(reason) : .damaged(reason)
        }
        unsafe self.database = database
    }

    deinit {
        // Opened by `init`, and this is the last use of it.
        unsafe MMDB_close(database)
        unsafe database.deinitialize(count: 1)
        unsafe database.deallocate()
    }

    /// Lends the bytes of the file.
    func withBytes<R>(_ body: (Span<UInt8>) throws(GeoFailure) -> R) throws(GeoFailure) -> R {
        let size = unsafe database.pointee.file_size
        // The library has mapped as many bytes of a file that nobody else can change, until `deinit`.
        let bytes = unsafe UnsafeBufferPointer(start: database.pointee.file_content, count: size)
        return try body(unsafe Span(_unsafeElements: bytes))
    }

    /// Finds the record of an address.
    ///
    /// - Parameter address: 4 or 16 bytes in network order.
    /// - Returns: The position of its value; nil if there is none.
    func position(of address: [UInt8]) -> UInt32? {
        var code: Int32 = 0
        let result: MMDB_lookup_result_s
        switch address.count {
        case 4:
            var socket = sockaddr_in()
            socket.sin_family = sa_family_t(AF_INET)
            // Both have four bytes.
            unsafe withUnsafeMutableBytes(of: &socket.sin_addr) { unsafe $0.copyBytes(from: address) }
            unsafe result = find(&socket, &code)
        case 16:
            var socket = sockaddr_in6()
            socket.sin6_family = sa_family_t(AF_INET6)
            // Both have sixteen bytes.
            unsafe withUnsafeMutableBytes(of: &socket.sin6_addr) { unsafe $0.copyBytes(from: address) }
            unsafe result = find(&socket, &code)
        default: return nil
        }
        guard code == MMDB_SUCCESS, unsafe result.found_entry else { return nil }
        return unsafe result.entry.offset
    }

    /// Finds the record of a socket address whose family says its type.
    private func find<Socket>(_ socket: inout Socket, _ code: inout Int32) -> MMDB_lookup_result_s {
        // The library reads the family, and then as many bytes as the type of that family has.
        unsafe withUnsafePointer(to: &socket) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { socket in
                unsafe MMDB_lookup_sockaddr(database, socket, &code)
            }
        }
    }

    /// Reads the value at the end of a path; nil if there is none, or of another type.
    func value(_ path: DataPath, from position: UInt32) -> Value? {
        var start = unsafe MMDB_entry_s(mmdb: database, offset: position)
        var data = unsafe MMDB_entry_data_s()
        // The path ends with nil. An error is the normal answer for a missing key.
        let code = unsafe MMDB_aget_value(&start, &data, path.keys)
        guard code == MMDB_SUCCESS, unsafe data.has_data else { return nil }
        // The type says which member of the union is set.
        switch unsafe Int32(bitPattern: data.type) {
        case MMDB_DATA_TYPE_UTF8_STRING: return unsafe Self.text(data)
        case MMDB_DATA_TYPE_DOUBLE: return .real(unsafe data.double_value)
        case MMDB_DATA_TYPE_FLOAT: return .real(Double(unsafe data.float_value))
        case MMDB_DATA_TYPE_UINT16: return .number(Int(unsafe data.uint16))
        case MMDB_DATA_TYPE_UINT32: return .number(Int(unsafe data.uint32))
        case MMDB_DATA_TYPE_INT32: return .number(Int(unsafe data.int32))
        case MMDB_DATA_TYPE_BOOLEAN: return .bool(unsafe data.boolean)
        case MMDB_DATA_TYPE_MAP, MMDB_DATA_TYPE_ARRAY: return .composite(unsafe data.offset)
        default: return nil
        }
    }

    /// Copies a text; nil for one that is empty, too long, not UTF-8, or contains a zero byte.
    private static func text(_ data: MMDB_entry_data_s) -> Value? {
        let size = unsafe Int(data.data_size)
        guard (1...longestText).contains(size) else { return nil }
        // The library has checked that the text ends within the file.
        let bytes = unsafe UnsafeRawBufferPointer(start: data.utf8_string, count: size)
        guard unsafe !bytes.contains(0) else { return nil }
        return unsafe String(validating: bytes, as: UTF8.self).map(Value.text)
    }
}
