package brokenhouse.app.two;

public record Two() {}
