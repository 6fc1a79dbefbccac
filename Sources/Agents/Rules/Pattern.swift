import CPCRE2

/// A regular expression (PCRE2) over bytes, compiled to machine code where the system allows that.
///
/// It never changes, so any number of threads may search for it at a time.
@safe
final class Pattern: Sendable {
    /// The reason that a pattern does not compile, with the place.
    struct Malformed: Error {
        let reason: String
    }

    let text: String
    /// The compiled pattern.
    ///
    /// The pointer is set once, is valid until `deinit` and never leaves this file. PCRE2 only reads what it points to
    /// after `init`, so threads may share it.
    fileprivate nonisolated(unsafe) let code: OpaquePointer

    /// - Parameters:
    ///   - text: The pattern; an empty one is refused because it would be found everywhere.
    ///   - ignoresCase: True if ASCII letters match in either case.
    /// - Throws: `Malformed`
    init(_ text: String, ignoresCase: Bool = false) throws(Malformed) {
        guard !text.isEmpty else { throw Malformed(reason: "it is empty") }
        var number: Int32 = 0
        var offset = 0
        let options = ignoresCase ? PCRE2_CASELESS : 0
        // The bytes are valid during the call, which copies what it needs of them.
        let code = unsafe Array(text.utf8).withUnsafeBufferPointer { bytes in
            unsafe pcre2_compile_8(bytes.baseAddress, bytes.count, options, &number, &offset, nil)
        }
        guard let code = unsafe code else {
            throw Malformed(reason: "\(Self.message(of: number)) at byte \(offset)")
        }
        // Where memory may not be both writable and executable this fails, and `pcre2_match` interprets the pattern.
        _ = unsafe pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE)
        self.text = text
        unsafe self.code = code
    }

    deinit {
        // This is the last reference to the code, which nothing else frees.
        unsafe pcre2_code_free_8(code)
    }

    private static func message(of number: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 256)
        // The buffer is valid for its count; the message ends with a zero, and is cut if it is longer.
        let length = unsafe bytes.withUnsafeMutableBufferPointer { bytes in
            unsafe pcre2_get_error_message_8(number, bytes.baseAddress, bytes.count)
        }
        return length > 0 ? String(decoding: bytes.prefix(Int(length)), as: UTF8.self) : "error \(number)"
    }
}

/// The working memory of searches, for one thread at a time.
@safe
struct Searcher: ~Copyable {
    /// The most steps of a search before it counts as without a result: about a millisecond.
    private static let steps: UInt32 = 100_000
    /// The most groups of a pattern that are reported, the whole included.
    private static let groups: UInt32 = 10

    /// The places of the groups, and the limits; nil if there is no memory, so that nothing is found.
    ///
    /// The pointers are set once, are valid until `deinit` and never leave this noncopyable type.
    private let match: OpaquePointer?
    private let limits: OpaquePointer?

    init() {
        unsafe match = pcre2_match_data_create_8(Self.groups, nil)
        unsafe limits = pcre2_match_context_create_8(nil)
        // The context was created above.
        if let limits = unsafe limits { _ = unsafe pcre2_set_match_limit_8(limits, Self.steps) }
    }

    deinit {
        // Both accept nil, and this is the last use of the pointers.
        unsafe pcre2_match_data_free_8(match)
        unsafe pcre2_match_context_free_8(limits)
    }

    /// True if a pattern is found in bytes.
    func finds(_ pattern: Pattern, in bytes: Span<UInt8>) -> Bool {
        search(for: pattern, in: bytes) >= 0
    }

    /// The places of a pattern's groups where it is found first, the whole as number 0; nil if it is not found.
    ///
    /// A group that takes no part is nil, or missing at the end.
    func groups(of pattern: Pattern, in bytes: Span<UInt8>) -> [Range<Int>?]? {
        let found = search(for: pattern, in: bytes)
        guard found >= 0, let match = unsafe match, let places = unsafe pcre2_get_ovector_pointer_8(match) else {
            return nil
        }
        // Only as many pairs as this search has set: the others are those of an earlier one. None are counted if the
        // pattern has more groups than there is space for.
        return (0..<(found == 0 ? Int(Self.groups) : Int(found))).map { group in
            // The vector has two numbers for each of `groups`; those of a group without part are all ones, or -1.
            let (start, end) = unsafe (places[2 * group], places[2 * group + 1])
            return start >= 0 && start <= end && end <= bytes.count ? start..<end : nil
        }
    }

    /// The number of the last group that takes part plus one, 0 if there are more groups than space; negative if the
    /// pattern is not found, or takes too many steps.
    private func search(for pattern: Pattern, in bytes: Span<UInt8>) -> Int32 {
        guard let match = unsafe match else { return PCRE2_ERROR_NOMEMORY }
        // The bytes are valid while the closure runs, which is as long as PCRE2 reads them.
        return unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe pcre2_match_8(pattern.code, bytes.baseAddress, bytes.count, 0, 0, match, limits)
        }
    }
}
