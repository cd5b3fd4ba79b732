-- Run once, by the PostgreSQL of docker-compose.yml when it makes its cluster.
CREATE DATABASE orders;
CREATE DATABASE products;
CREATE DATABASE webhooks;
