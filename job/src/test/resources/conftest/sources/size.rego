package team.size

warn contains {"msg": sprintf("%v files", [input.size.files])} if input.size.files > 1
