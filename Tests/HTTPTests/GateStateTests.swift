import HTTPTypes
import NIOCore
import NIOHTTP1
import Support
import Testing

@testable import HTTP

/// Tests of a connection's rules without a channel.
struct GateStateTests {
    private static func head(
        _ id: Int,
        _ target: String = "/slow",
        _ fields: HTTPHeaders = [:],
        version: HTTPVersion = .http1_1
    ) -> HTTPRequestHead {
        var headers: HTTPHeaders = ["Host": "a", "X-Request-Id": "\(id)"]
        headers.add(contentsOf: fields)
        return HTTPRequestHead(version: version, method: .POST, uri: target, headers: headers)
    }

    private static func whole(_ head: HTTPRequestHead, body: Int = 0) -> [GateInput] {
        [.part(.head(head))] + (0..<body).map { _ in .part(.body(ByteBuffer(string: "x"))) } + [.part(.end(nil))]
    }

    private static func fast(_ id: Int) -> [GateInput] { whole(head(id, "/fast")) }
    private static func slow(_ id: Int) -> [GateInput] { whole(head(id)) }

    private static func driver(_ inputs: [GateInput]...) -> GateDriver {
        var driver = GateDriver()
        for input in inputs.joined() { driver.receive(input) }
        return driver
    }

    private static let refusal = Answer(status: .tooManyRequests)

    // MARK: Order

    @Test func theRouterWaitsForTheShortcut() {
        var driver = Self.driver(Self.fast(1), Self.slow(2))
        #expect(driver.forwarded.isEmpty)
        driver.answer(ticket: 0)
        #expect(driver.forwarded == ["head 2", "end"])
        #expect(driver.answered == ["1"])
    }

    @Test func theShortcutIsNotUsedWhileTheRouterHasARequest() {
        let driver = Self.driver(Self.slow(1), Self.fast(2))
        #expect(driver.forwarded == ["head 1", "end", "head 2", "end"])
        #expect(driver.tickets.isEmpty)
    }

    @Test func answersOfTheShortcutKeepTheirOrder() {
        var driver = Self.driver(Self.fast(1), Self.fast(2), Self.fast(3))
        driver.answer(ticket: 2)
        driver.answer(ticket: 1)
        #expect(driver.answered.isEmpty)
        driver.answer(ticket: 0)
        #expect(driver.answered == ["1", "2", "3"])
    }

    @Test func aRequestNotTakenByTheShortcutGoesToTheRouter() {
        var driver = GateDriver()
        driver.takes = { _ in false }
        for input in Self.fast(1) { driver.receive(input) }
        #expect(driver.forwarded == ["head 1", "end"])
    }

    @Test func aRefusalWaitsForEarlierAnswers() {
        var driver = Self.driver(Self.slow(1))
        driver.receive(.refusal(Refusal(answer: Self.refusal, id: "2", isLast: false)))
        driver.receive(.part(.end(nil)))
        for input in Self.slow(3) { driver.receive(input) }
        #expect(driver.answered.isEmpty)
        let hasAnswered = driver.answerFromRouter()
        #expect(hasAnswered)
        #expect(driver.answered == ["1", "2"])
        #expect(driver.forwarded == ["head 1", "end", "head 3", "end"])
    }

    /// Random requests, answers and admissions: each request is answered once, in the order of the requests, and
    /// reaches the router complete.
    @Test(arguments: 0..<200)
    func everyRequestIsAnsweredOnceAndInOrder(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let kinds = (0..<60).map { _ in Int.random(in: 0...5, using: &random) }
        var driver = GateDriver()
        // Drawn beforehand, because the driver's closures cannot use the generator.
        let taken = Set((0..<60).filter { _ in Bool.random(using: &random) }.map(String.init))
        driver.takes = { taken.contains($0.id ?? "") }
        var inputs = kinds.enumerated().flatMap { id, kind in Self.request(kind, id) }[...]
        while !inputs.isEmpty || driver.hasPendingWork {
            let admits = Bool.random(using: &random)
            driver.admits = { admits }
            switch Int.random(in: 0..<5, using: &random) {
            case 0...1:
                if let input = inputs.popFirst() { driver.receive(input) }
            case 2: _ = driver.answerFromRouter()
            case 3:
                if let ticket = driver.tickets.randomElement(using: &random) { driver.answer(ticket: ticket) }
            default: driver.endWait(isAdmitted: Bool.random(using: &random))
            }
        }
        #expect(driver.answered == (0..<60).map(String.init))
        #expect(driver.forwardsWholeRequests)
        #expect(driver.state.held.isEmpty && driver.state.answers.isEmpty && driver.state.unanswered == 0)
        #expect(!driver.hasEnded)
    }

    private static func request(_ kind: Int, _ id: Int) -> [GateInput] {
        switch kind {
        case 0, 1: fast(id)
        case 2: slow(id)
        case 3: whole(head(id, "/slow", ["Content-Length": "2"]), body: 2)
        case 4: whole(head(id, "/slow", ["Content-Length": "1", "Expect": "100-continue"]), body: 1)
        default:
            [.refusal(Refusal(answer: refusal, id: "\(id)", isLast: false))] + [.part(.end(nil))]
        }
    }

    // MARK: Bodies

    @Test func continueWaitsForEarlierAnswers() {
        let expecting = Self.whole(Self.head(2, "/slow", ["Content-Length": "1", "Expect": "100-continue"]), body: 1)
        var driver = Self.driver(Self.slow(1), expecting)
        #expect(driver.forwarded == ["head 1", "end"])
        _ = driver.answerFromRouter()
        #expect(driver.forwarded == ["head 1", "end", "continue", "head 2", "body", "end"])
    }

    @Test func aBodyThatWaitsForAdmissionStopsReading() {
        var driver = GateDriver()
        driver.admits = { false }
        for input in Self.whole(Self.head(1, "/slow", ["Content-Length": "1"]), body: 1) { driver.receive(input) }
        #expect(driver.state.mustNotRead)
        driver.endWait(isAdmitted: true)
        #expect(driver.forwarded == ["head 1", "body", "end"])
        #expect(!driver.state.mustNotRead)
    }

    @Test func aBodyThatIsNotAdmittedIsDropped() {
        var driver = GateDriver()
        driver.admits = { false }
        let refused = Self.whole(Self.head(1, "/slow", ["Content-Length": "1"]), body: 1)
        for input in refused + Self.slow(2) { driver.receive(input) }
        driver.endWait(isAdmitted: false)
        #expect(driver.answered == ["1"])
        #expect(driver.forwarded == ["head 2", "end"])
    }

    @Test func readingStopsWhileManyRequestsWait() {
        var driver = GateDriver()
        for id in 0..<GateState.mostWaiting {
            #expect(!driver.state.mustNotRead)
            for input in Self.fast(id) { driver.receive(input) }
        }
        #expect(driver.state.mustNotRead)
        driver.answer(ticket: 0)
        #expect(!driver.state.mustNotRead)
    }

    // MARK: The end

    @Test func nothingIsReadAfterARequestThatCloses() {
        var driver = Self.driver(
            Self.whole(Self.head(1, "/slow", ["Connection": "close"])),
            Self.slow(2),
            Self.fast(3)
        )
        #expect(driver.forwarded == ["head 1", "end"])
        _ = driver.answerFromRouter()
        #expect(driver.options == ["close"])
        #expect(driver.hasEnded)
    }

    @Test func aRefusalThatIsLastEndsTheConnection() {
        var driver = Self.driver(Self.fast(1))
        driver.receive(.refusal(Refusal(answer: Self.refusal, id: "2", isLast: true)))
        #expect(!driver.hasEnded)
        driver.answer(ticket: 0)
        #expect(driver.answered == ["1", "2"])
        #expect(driver.hasEnded)
        for input in Self.slow(3) { driver.receive(input) }
        #expect(driver.forwarded.isEmpty)
    }

    @Test func unreadableBytesAreAnsweredInOrder() {
        var driver = Self.driver(Self.slow(1))
        driver.receive(.error(HTTPParserError.invalidMethod))
        #expect(driver.answered.isEmpty)
        _ = driver.answerFromRouter()
        #expect(driver.answered == ["1", "unreadable"])
        #expect(driver.hasEnded)
    }

    @Test func anErrorWithinARequestGoesToItsRoute() {
        var driver = GateDriver()
        driver.receive(.part(.head(Self.head(1, "/slow", ["Transfer-Encoding": "chunked"]))))
        driver.receive(.error(HTTPParserError.invalidChunkSize))
        #expect(driver.forwarded == ["head 1", "error"])
        #expect(driver.state.isEnding)
    }

    @Test func anHTTP10ClientGetsKeepAlive() {
        let old = Self.head(1, "/slow", ["Connection": "keep-alive"], version: .http1_0)
        var driver = Self.driver(Self.whole(old))
        _ = driver.answerFromRouter()
        #expect(driver.options == ["keep-alive"])
        #expect(!driver.hasEnded)
    }

    @Test func theLastPendingAnswerEndsADrainingConnection() {
        var driver = Self.driver(Self.slow(1), Self.slow(2))
        let drains = driver.state.drain()
        #expect(drains)
        _ = driver.answerFromRouter()
        #expect(!driver.hasEnded)
        _ = driver.answerFromRouter()
        #expect(driver.options == [nil, "close"])
        #expect(driver.hasEnded)
    }

    @Test func theShortcutEndsADrainingConnectionToo() {
        var driver = Self.driver(Self.fast(1), Self.fast(2))
        let drains = driver.state.drain()
        #expect(drains)
        driver.answer(ticket: 0)
        #expect(!driver.hasEnded)
        driver.answer(ticket: 1)
        #expect(driver.hasEnded)
    }

    @Test func anUnservedConnectionNeedNotDrain() {
        var driver = GateDriver(isServed: false)
        let drains = driver.state.drain()
        #expect(!drains)
    }

    @Test func anUnservedDrainingConnectionIsClosed() {
        var driver = GateDriver(isServed: false)
        for input in Self.fast(1) { driver.receive(input) }
        let drains = driver.state.drain()
        #expect(drains)
        for input in Self.slow(2) { driver.receive(input) }
        #expect(!driver.isClosed)
        driver.answer(ticket: 0)
        #expect(driver.hasEnded || driver.isClosed)
    }

    @Test func anAnswerWithoutARequestIsDropped() {
        var state = GateState()
        let isWanted = state.beginResponse()
        #expect(!isWanted)
    }

    @Test func aTicketOfAClosedConnectionIsIgnored() {
        var driver = Self.driver(Self.fast(1))
        driver.state.close()
        driver.answer(ticket: 0)
        #expect(driver.answered.isEmpty)
    }

    // MARK: Reading

    @Test func aPartialHeadIsAnArrivingRequest() {
        var state = GateState()
        var arrivals = [state.endRead()]
        state.noteDecoded(.head(Self.head(1)))
        arrivals += [state.endRead(), state.endRead()]
        state.noteDecoded(.end(nil))
        arrivals += [state.endRead(), state.endRead()]
        #expect(arrivals == [.nothing, .partial, .partial, .whole, .nothing])
    }
}

extension GateDriver {
    /// True while a request is unanswered or an input is held.
    fileprivate var hasPendingWork: Bool {
        waiting != nil || !tickets.isEmpty || state.unanswered > 0 || !state.held.isEmpty || !state.answers.isEmpty
    }

    /// True if the parts of requests are not interleaved.
    fileprivate var forwardsWholeRequests: Bool {
        var isWithin = false
        for text in forwarded where text != "continue" {
            if text.hasPrefix("head") == isWithin { return false }
            isWithin = text != "end"
        }
        return !isWithin
    }
}
