import Analytics
import Testing

struct RejectionTests {
    @Test(arguments: [
        (Rejection(.timestamp, .missing), "timestamp: missing"),
        (Rejection(.user, .tooLong), "user: longer than 256 bytes"),
        (Rejection(.event, .unknownEvent), "event: neither click nor impression"),
        (
            Rejection(.contentType, .unsupported),
            "Content-Type: unsupported: send application/json, application/x-ndjson, text/csv or "
                + "application/x-www-form-urlencoded"
        ),
        (Rejection(.idempotencyKey, .invalidKey), "Idempotency-Key: not 1 to 128 visible ASCII characters"),
    ])
    func namesTheFieldAndTheReason(rejection: Rejection, text: String) {
        #expect(rejection.description == text)
    }

    @Test(arguments: Rejection.Reason.allCases)
    func fitsIntoAHeader(reason: Rejection.Reason) {
        #expect(reason.rawValue.utf8.allSatisfy { (0x20...0x7E).contains($0) })
        #expect(!reason.rawValue.isEmpty)
    }
}
