# The image of the server. The database runs in another container (docker-compose.yml).
FROM swift:6.3-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends libmaxminddb-dev libpcre2-dev libpq-dev pkg-config \
        python3-pip zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build
# Dependencies first: this layer is reused until Package.swift changes.
COPY Package.swift ./
RUN swift package resolve
# Without a network the image has no rules for user agents, and the server says so.
COPY .ci/fetch-agents .ci/agents.py .ci/agent-wheels.txt .ci/
RUN .ci/fetch-agents && mkdir -p /out/share && if [ -e .build/agents.json ]; then cp .build/agents.json /out/share; fi
# Sources/Schema/SQL is a link to sql. The manifest names targets in Tests, whose folders must exist.
COPY Sources Sources
COPY Tests Tests
COPY sql sql
RUN swift build -c release --product hourglass --static-swift-stdlib -Xswiftc -enforce-exclusivity=unchecked \
    --explicit-target-dependency-import-check error \
    && install -D .build/release/hourglass /out/hourglass

FROM debian:bookworm-slim
# The id of the user is fixed: docker-compose.yml gives it access to the password files.
RUN apt-get update && apt-get install -y --no-install-recommends \
        ca-certificates curl libgcc-s1 libmaxminddb0 libpcre2-8-0 libpq5 libstdc++6 tzdata zlib1g \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 hourglass \
    && useradd --uid 10001 --gid 10001 --no-create-home hourglass
COPY --from=build /out/hourglass /usr/local/bin/hourglass
COPY --from=build /out/share /usr/share/hourglass
USER hourglass
ENV HOURGLASS_HOST=0.0.0.0
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=6s --start-period=10s CMD ["hourglass", "healthcheck"]
ENTRYPOINT ["hourglass"]
CMD ["serve"]
