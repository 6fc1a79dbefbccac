import Support
import Testing

@testable import Server

struct WaitingRoomTests {
    @Test func nobodyWaitsWhenThereIsRoom() async throws {
        let looks = Counting()
        try await WaitingRoom().wait {
            looks.next()
            return false
        }
        #expect(looks.value == 1)
    }

    @Test func whoWaitsGoesOnWhenThereIsRoom() async throws {
        let looks = Counting()
        try await WaitingRoom().wait {
            looks.next()
            return looks.value < 3
        }
        #expect(looks.value == 3)
    }

    @Test func nobodyWaitsForLong() async throws {
        let room = WaitingRoom()
        let looks = Counting()
        try await withThrowingTaskGroup { group in
            for _ in 0..<1_000 {
                group.addTask {
                    try await room.wait {
                        looks.next()
                        return true
                    }
                }
            }
            try await group.waitForAll()
        }
        // All have looked, and most of them had no place to look again.
        #expect((1_000...1_000 + 256 * 5).contains(looks.value))
    }
}
