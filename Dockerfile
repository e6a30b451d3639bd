# The local Cases service in a container: docker build -t connect-cases-emulator . (after npm run bundle), then
# docker run --rm -p 127.0.0.1:4510:4510 connect-cases-emulator
FROM node:24-alpine
COPY dist/emulator.js /opt/connect-cases-emulator.js
USER node
EXPOSE 4510
HEALTHCHECK CMD ["node", "-e", "fetch('http://127.0.0.1:4510/_local/health').then(({ ok }) => process.exit(ok ? 0 : 1))"]
ENTRYPOINT ["node", "/opt/connect-cases-emulator.js", "--host", "0.0.0.0", "--allow-remote"]
