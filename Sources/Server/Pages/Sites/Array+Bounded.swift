extension Array where Element: Sendable {
    /// The results for all elements, of which no more than some are worked on at the same time.
    ///
    /// - Parameters:
    ///   - width: The most elements at the same time.
    ///   - transform: The work.
    /// - Returns: The results in the order of the elements.
    func results<Result: Sendable>(
        atMost width: Int,
        _ transform: @escaping @Sendable (Element) async -> Result
    ) async -> [Result] {
        await withTaskGroup(of: (place: Int, result: Result).self) { group in
            var rest = enumerated().makeIterator()
            func begin() {
                guard let (place, element) = rest.next() else { return }
                group.addTask { (place, await transform(element)) }
            }
            for _ in 0..<Swift.max(1, width) { begin() }
            var results: [Int: Result] = [:]
            while let done = await group.next() {
                results[done.place] = done.result
                begin()
            }
            return indices.compactMap { results[$0] }
        }
    }
}
