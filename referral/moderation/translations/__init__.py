"""What moderators see of the languages of the site: what no native speaker has read yet."""
