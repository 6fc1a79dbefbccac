import Logging
import Testing

@testable import Store

struct WritingTests {
    /// A session that waits for a lock is writable, but its batch gets no answer.
    @Test func aBatchThatGetsNoAnswerIsAStall() {
        let writing = Writing(logger: Logger(label: "test"))
        let first = writing.begin(at: .now - .seconds(10))
        #expect(writing.hasStalled(for: .seconds(5)))
        #expect(!writing.hasStalled(for: .seconds(15)))
        let second = writing.begin(at: .now - .seconds(1))
        writing.succeeded()
        #expect(!writing.hasStalled(for: .seconds(5)))
        writing.end(first)
        writing.end(second)
        #expect(!writing.hasStalled(for: .zero))
    }
}
