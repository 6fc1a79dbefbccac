import NIOCore
import NIOEmbedded
import Support
import Testing

@testable import HTTP

struct BodyAdmissionTests {
    /// An admission on a loop whose clock is advanced by the test.
    private final class Fixture {
        static let queueTimeout = TimeAmount.seconds(2)
        let loop = EmbeddedEventLoop()
        /// True while the route is full; read by the admission.
        private let full = Flag()
        var isFull: Bool {
            get { full.isSet }
            set { full.set(newValue) }
        }
        /// The waiters that were admitted, and those that were refused, each in order.
        var admitted: [Int] = []
        var refused: [Int] = []
        var admissions: [BodyAdmission.Admission] = []
        private(set) lazy var bodies = BodyAdmission(
            loop: loop,
            kind: BodyKind("test", refusal: .unavailable("full")) { [full] in full.isSet },
            queueTimeout: Self.queueTimeout
        )

        func wait(_ waiter: Int, length: Int? = nil, isConnected: Bool = true) -> Bool {
            bodies.wait(length: length) { admission in
                guard let admission else {
                    self.refused.append(waiter)
                    return true
                }
                guard isConnected else { return false }
                self.admitted.append(waiter)
                self.admissions.append(admission)
                return true
            }
        }

        /// Admits as many bodies as are admitted without waiting; returns the number of all admissions.
        func fill() -> Int {
            while let admission = bodies.admit(length: nil) { admissions.append(admission) }
            return admissions.count
        }
    }

    @Test func aBodyWithinTheLimitIsAdmittedAtOnce() {
        let fixture = Fixture()
        #expect(fixture.fill() == 50)
        fixture.admissions.removeLast().end()
        #expect(fixture.bodies.admit(length: nil) != nil)
    }

    @Test func smallBodiesCountLittle() {
        let fixture = Fixture()
        for _ in 0..<10_000 { #expect(fixture.bodies.admit(length: 100) != nil) }
    }

    @Test func aBodyFoundToBeSmallCountsLittle() {
        let fixture = Fixture()
        for _ in 0..<1_000 {
            let admission = fixture.bodies.admit(length: nil)
            admission?.received = 100
            admission?.noteWhole()
            #expect(admission != nil)
        }
    }

    @Test func noBodyIsAdmittedWhileTheRouteIsFull() {
        let fixture = Fixture()
        fixture.isFull = true
        #expect(fixture.bodies.admit(length: 1) == nil)
    }

    @Test func waitersAreAdmittedInOrder() {
        let fixture = Fixture()
        #expect(fixture.fill() == 50)
        for waiter in 0..<3 { #expect(fixture.wait(waiter)) }
        #expect(fixture.bodies.admit(length: 1) == nil)
        fixture.admissions.removeFirst().end()
        #expect(fixture.admitted == [0])
        fixture.admissions.removeFirst().end()
        #expect(fixture.admitted == [0, 1])
        #expect(fixture.refused.isEmpty)
    }

    @Test func waitersAreRefusedAfterTheTimeout() {
        let fixture = Fixture()
        fixture.isFull = true
        #expect(fixture.wait(0))
        fixture.loop.advanceTime(by: Fixture.queueTimeout - .milliseconds(1))
        #expect(fixture.refused.isEmpty)
        fixture.loop.advanceTime(by: .milliseconds(1))
        #expect(fixture.refused == [0])
        fixture.isFull = false
        #expect(fixture.bodies.admit(length: nil) != nil)
    }

    @Test func theNumberOfWaitersIsLimited() {
        let fixture = Fixture()
        fixture.isFull = true
        for waiter in 0..<BodyAdmission.mostWaiting { #expect(fixture.wait(waiter)) }
        #expect(!fixture.wait(BodyAdmission.mostWaiting))
    }

    @Test func slowBodiesStopCountingAfterTheGracePeriod() {
        let fixture = Fixture()
        #expect(fixture.fill() == 50)
        for waiter in 0..<60 { #expect(fixture.wait(waiter)) }
        fixture.loop.advanceTime(by: BodyAdmission.grace)
        #expect(fixture.admitted == Array(0..<50))
        // Their shares of the limit have already been given to others.
        for admission in fixture.admissions[..<50] { admission.end() }
        #expect(fixture.admitted.count == 50)
        fixture.loop.advanceTime(by: BodyAdmission.grace)
        #expect(fixture.admitted == Array(0..<60))
    }

    @Test func aCompleteBodyCountsUntilItsEnd() {
        let fixture = Fixture()
        #expect(fixture.fill() == 50)
        for admission in fixture.admissions {
            admission.received = 1 << 20
            admission.noteWhole()
        }
        fixture.loop.advanceTime(by: .seconds(10))
        #expect(fixture.bodies.admit(length: nil) == nil)
    }

    /// All waiters at once would fill the queue of the route again.
    @Test func fewAreAdmittedAfterAnOverload() {
        let fixture = Fixture()
        fixture.isFull = true
        for waiter in 0..<100 { #expect(fixture.wait(waiter)) }
        fixture.loop.advanceTime(by: BodyAdmission.interval)
        fixture.isFull = false
        fixture.loop.advanceTime(by: BodyAdmission.interval)
        #expect(fixture.admitted == [0, 1, 2, 3])
        fixture.admissions.removeFirst().end()
        #expect(fixture.admitted == [0, 1, 2, 3, 4])
    }

    @Test func aWaiterThatHasLeftDoesNotCount() {
        let fixture = Fixture()
        fixture.isFull = true
        for waiter in 0..<10 { #expect(fixture.wait(waiter, isConnected: waiter == 9)) }
        fixture.isFull = false
        fixture.loop.advanceTime(by: BodyAdmission.interval)
        #expect(fixture.admitted == [9])
        #expect(fixture.fill() == 50)
    }

    /// Under random operations every waiter gets exactly one result, in order, and the queue is empty in the end.
    @Test(arguments: 0..<20) func everyWaiterGetsOneResult(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let fixture = Fixture()
        var waiters = 0
        for _ in 0..<5_000 {
            switch Int.random(in: 0..<6, using: &random) {
            case 0: fixture.isFull.toggle()
            case 1: fixture.loop.advanceTime(by: .milliseconds(.random(in: 1...40, using: &random)))
            case 2 where !fixture.admissions.isEmpty:
                fixture.admissions.remove(at: .random(in: fixture.admissions.indices, using: &random)).end()
            case 3:
                if let admission = fixture.admissions.randomElement(using: &random) {
                    admission.received = .random(in: 0...200_000, using: &random)
                    admission.noteWhole()
                }
            default:
                let length = Bool.random(using: &random) ? nil : Int.random(in: 0...200_000, using: &random)
                if let admission = fixture.bodies.admit(length: length) {
                    fixture.admissions.append(admission)
                } else if fixture.wait(waiters, length: length) {
                    waiters += 1
                }
            }
        }
        fixture.loop.advanceTime(by: Fixture.queueTimeout + BodyAdmission.interval)
        #expect((fixture.admitted + fixture.refused).sorted() == Array(0..<waiters))
        #expect(fixture.admitted == fixture.admitted.sorted())
        #expect(fixture.refused == fixture.refused.sorted())
        for admission in fixture.admissions { admission.end() }
        fixture.admissions = []
        fixture.isFull = false
        #expect(fixture.fill() == 50)
    }
}
