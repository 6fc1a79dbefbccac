#if DEBUG
    /// A page in each of the states in which it can be, for those who work on it and for tests.
    package struct Story: Sendable {
        /// One of the states.
        package struct State: Sendable {
            package let name: String
            private let make: @Sendable (Sample) throws -> any Page

            init(_ name: String, _ make: @escaping @Sendable (Sample) throws -> any Page) {
                self.name = name
                self.make = make
            }

            /// The whole document.
            ///
            /// - Parameters:
            ///   - frame: What is around the page.
            ///   - sample: The texts in it that somebody chose.
            /// - Returns: The document.
            /// - Throws: An error of a sample that is none.
            package func document(in frame: Frame, sample: Sample = Sample()) throws -> HTML {
                frame.document(try make(sample))
            }
        }

        package let name: String
        package let states: [State]

        init(_ name: String, _ states: [State]) {
            self.name = name
            self.states = states
        }

        package static let all =
            [StoryIndex.story, components] + login + sites + [dashboard] + views + settings + account + organisations
            + administration + errors
    }
#endif
