/// The entry point of libFuzzer for each input; `examine` is defined by the target.
@_cdecl("LLVMFuzzerTestOneInput")
public func entry(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    // The bytes are valid for the duration of this call.
    unsafe examine(Span(_unsafeElements: UnsafeBufferPointer(start: start, count: count)))
    return 0
}
