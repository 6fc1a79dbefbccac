/// What libFuzzer calls with each input; `examine` is the target's.
@_cdecl("LLVMFuzzerTestOneInput")
public func entry(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    // libFuzzer lends the bytes for this call.
    unsafe examine(Span(_unsafeElements: UnsafeBufferPointer(start: start, count: count)))
    return 0
}
