import NIOCore
import NIOEmbedded
import Support
import Testing

@testable import Server

struct WaitingRoomTests {
    /// A room on a loop whose time the test makes go by.
    private final class House {
        static let patience = TimeAmount.seconds(2)
        let loop = EmbeddedEventLoop()
        var isFull = false
        /// Who was called in and by what order, and who was refused.
        var calledIn: [Int] = []
        var refused: [Int] = []
        var visits: [WaitingRoom.Visit] = []
        private(set) lazy var room = WaitingRoom(loop: loop, patience: Self.patience) { [unowned self] in isFull }

        func wait(_ guest: Int, length: Int? = nil, isThere: Bool = true) -> Bool {
            room.wait(length: length) { visit in
                guard let visit else {
                    self.refused.append(guest)
                    return true
                }
                guard isThere else { return false }
                self.calledIn.append(guest)
                self.visits.append(visit)
                return true
            }
        }

        /// Lets in as many as go in without waiting.
        func fill() -> Int {
            while let visit = room.enter(length: nil) { visits.append(visit) }
            return visits.count
        }
    }

    @Test func nobodyWaitsWhenThereIsRoom() {
        let house = House()
        #expect(house.fill() == 50)
        house.room.leave(house.visits.removeLast())
        #expect(house.room.enter(length: nil) != nil)
    }

    @Test func smallBodiesTakeLittleRoom() {
        let house = House()
        for _ in 0..<10_000 { #expect(house.room.enter(length: 100) != nil) }
    }

    @Test func aBodyThatTurnsOutToBeSmallMakesRoom() {
        let house = House()
        for _ in 0..<1_000 {
            let visit = house.room.enter(length: nil)
            visit?.received = 100
            if let visit { house.room.noteWhole(visit) }
            #expect(visit != nil)
        }
    }

    @Test func nobodyGoesInWithoutRoomForEvents() {
        let house = House()
        house.isFull = true
        #expect(house.room.enter(length: 1) == nil)
    }

    @Test func whoWaitsGoesInInTurn() {
        let house = House()
        #expect(house.fill() == 50)
        for guest in 0..<3 { #expect(house.wait(guest)) }
        #expect(house.room.enter(length: 1) == nil)
        house.room.leave(house.visits.removeFirst())
        #expect(house.calledIn == [0])
        house.room.leave(house.visits.removeFirst())
        #expect(house.calledIn == [0, 1])
        #expect(house.refused.isEmpty)
    }

    @Test func whoWaitsForTooLongIsRefused() {
        let house = House()
        house.isFull = true
        #expect(house.wait(0))
        house.loop.advanceTime(by: House.patience - .milliseconds(1))
        #expect(house.refused.isEmpty)
        house.loop.advanceTime(by: .milliseconds(1))
        #expect(house.refused == [0])
        house.isFull = false
        #expect(house.room.enter(length: nil) != nil)
    }

    @Test func onlySoManyCanWait() {
        let house = House()
        house.isFull = true
        for guest in 0..<WaitingRoom.places { #expect(house.wait(guest)) }
        #expect(!house.wait(WaitingRoom.places))
    }

    @Test func theSlowKeepNobodyWaiting() {
        let house = House()
        #expect(house.fill() == 50)
        for guest in 0..<60 { #expect(house.wait(guest)) }
        house.loop.advanceTime(by: WaitingRoom.haste)
        #expect(house.calledIn == Array(0..<50))
        // What they leave has been given away.
        for visit in house.visits[..<50] { house.room.leave(visit) }
        #expect(house.calledIn.count == 50)
        house.loop.advanceTime(by: WaitingRoom.haste)
        #expect(house.calledIn == Array(0..<60))
    }

    @Test func whoseBodyIsThereCountsAsLongAsItTakes() {
        let house = House()
        #expect(house.fill() == 50)
        for visit in house.visits {
            visit.received = 1 << 20
            house.room.noteWhole(visit)
        }
        house.loop.advanceTime(by: .seconds(10))
        #expect(house.room.enter(length: nil) == nil)
    }

    /// All at once would find no room for what they bring.
    @Test func fewAreCalledInAfterARush() {
        let house = House()
        house.isFull = true
        for guest in 0..<100 { #expect(house.wait(guest)) }
        house.loop.advanceTime(by: WaitingRoom.pause)
        house.isFull = false
        house.loop.advanceTime(by: WaitingRoom.pause)
        #expect(house.calledIn == [0, 1, 2, 3])
        house.room.leave(house.visits.removeFirst())
        #expect(house.calledIn == [0, 1, 2, 3, 4])
    }

    @Test func whoIsGoneTakesNoRoom() {
        let house = House()
        house.isFull = true
        for guest in 0..<10 { #expect(house.wait(guest, isThere: guest == 9)) }
        house.isFull = false
        house.loop.advanceTime(by: WaitingRoom.pause)
        #expect(house.calledIn == [9])
        #expect(house.fill() == 50)
    }

    /// Whatever happens, everybody who waits is told once and in turn, and the room is empty in the end.
    @Test(arguments: 0..<20) func everybodyIsTold(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let house = House()
        var guests = 0
        for _ in 0..<5_000 {
            switch Int.random(in: 0..<6, using: &random) {
            case 0: house.isFull.toggle()
            case 1: house.loop.advanceTime(by: .milliseconds(.random(in: 1...40, using: &random)))
            case 2 where !house.visits.isEmpty:
                house.room.leave(house.visits.remove(at: .random(in: house.visits.indices, using: &random)))
            case 3:
                if let visit = house.visits.randomElement(using: &random) {
                    visit.received = .random(in: 0...200_000, using: &random)
                    house.room.noteWhole(visit)
                }
            default:
                let length = Bool.random(using: &random) ? nil : Int.random(in: 0...200_000, using: &random)
                if let visit = house.room.enter(length: length) {
                    house.visits.append(visit)
                } else if house.wait(guests, length: length) {
                    guests += 1
                }
            }
        }
        house.loop.advanceTime(by: House.patience + WaitingRoom.pause)
        #expect((house.calledIn + house.refused).sorted() == Array(0..<guests))
        #expect(house.calledIn == house.calledIn.sorted())
        #expect(house.refused == house.refused.sorted())
        for visit in house.visits { house.room.leave(visit) }
        house.visits = []
        house.isFull = false
        #expect(house.fill() == 50)
    }
}
