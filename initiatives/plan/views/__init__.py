"""The pages of a plan. Those of a plan that is kept are behind its links."""
